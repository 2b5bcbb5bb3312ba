"""The files that a card becomes, and every line that they may have."""

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final
from unittest import mock

from appliance.card.apply import apply
from appliance.language.catalogue import ENGLISH
from tests.card.conftest import ROOM, Box

ADDRESS: Final = r"[0-9a-f:.]+"
PREFIX: Final = rf"{ADDRESS}(/\d+)?"
PORT: Final = r"\d{1,5}"

ADDRESSING: Final = (
    "DHCP=(yes|no|ipv4|ipv6)",
    rf"Address={ADDRESS}/\d+",
    rf"(DNS|Gateway)={ADDRESS}",
    r"Domains=~[A-Za-z0-9_.-]+",
    "DNSDefaultRoute=no",
    "LinkLocalAddressing=no",
    "IPv6AcceptRA=no",
    r"\[(DHCPv4|DHCPv6|Route|IPv6AcceptRA)\]",
    "UseDNS=(yes|no)",
    "Use(Routes|Gateway)=no",
    rf"Destination={ADDRESS}/\d+",
    "Gateway=(_dhcp4|_ipv6ra)",
    r"(Route)?Metric=\d{1,4}",
)
WHOLE: Final = (r"\[(Match|Network)\]", "ClientIdentifier=mac", "RequestOptions=224", "MulticastDNS=yes")
SUPPLICANT: Final = ("ctrl_interface=DIR=/run/wpa_supplicant", "update_config=0", "network={", "}")
EAP: Final = (
    "\teap=(TLS|PEAP|TTLS)",
    "\teapol_flags=0",
    "\t(identity|anonymous_identity|domain_suffix_match|password|private_key_passwd)=([0-9a-f]{2})+",
    '\tca_cert="/etc/offhook/network/(eap|wifi)-ca.pem"',
    '\tclient_cert="/etc/offhook/network/(eap|wifi).pem"',
    '\tprivate_key="/etc/credstore/offhook.(wifi_)?eap_key"',
    '\tphase1="tls_disable_tlsv1_0=1 tls_disable_tlsv1_1=1"',
    '\tphase2="auth=(MSCHAPV2|PAP)"',
)
WIRED: Final = (*SUPPLICANT, *EAP, "ap_scan=0", "\tkey_mgmt=IEEE8021X")

# every line that a file may have beside those of a card that says nothing
TEMPLATE: Final = {
    "etc/systemd/network/10-offhook-wired.network": ("Name=eth[01]", *ADDRESSING, r"VLAN=vlan\d{1,4}"),
    "etc/systemd/network/11-offhook-wifi.network": ("Name=wlan0", *ADDRESSING, *WHOLE),
    "etc/systemd/network/09-offhook-eth1.network": ("Name=eth1", *ADDRESSING, *WHOLE),
    "etc/systemd/network/12-offhook-vlan120.network": ("Name=vlan120", *ADDRESSING, *WHOLE),
    "etc/systemd/network/12-offhook-vlan120.netdev": (r"\[(NetDev|VLAN)\]", "Name=vlan120", "Kind=vlan", "Id=120"),
    "etc/wpa_supplicant/wpa_supplicant-wired-eth0.conf": WIRED,
    "etc/wpa_supplicant/wpa_supplicant-wired-eth1.conf": WIRED,
    "etc/wpa_supplicant/wpa_supplicant-wlan0.conf": (
        *SUPPLICANT,
        *EAP,
        "country=[A-Z]{2}",
        "\tssid=([0-9a-f]{2}){1,32}",
        "\tscan_ssid=[01]",
        "\tkey_mgmt=(NONE|(WPA-PSK )?SAE|(WPA-EAP )?WPA-EAP-SHA256)",
        "\tproto=RSN",
        "\tieee80211w=[12]",
        '\tpsk="[ -~]{8,63}"',
    ),
    "etc/systemd/timesyncd.conf.d/offhook.conf": (r"\[Time\]", r"NTP=[A-Za-z0-9.:-]+( [A-Za-z0-9.:-]+)*"),
    "etc/ssh/authorized_keys/root": (r"ssh-ed25519 [A-Za-z0-9+/=]{68}( [^\n]*)?",),
    "etc/ssh/sshd_config.d/10-offhook.conf": (),
    "etc/nftables.conf": (
        rf'\t\t(iifname "(eth[01]|vlan120|wlan0)" )?tcp dport {PORT} accept',
        rf'\t\t(iifname "(eth[01]|vlan120|wlan0)" )?ip6? saddr {PREFIX} (udp|tcp) dport {PORT} accept',
    ),
}


def foreign(path: str, text: str, plain: str) -> list[str]:
    """The lines of a file that its template does not have."""
    allowed = {"", *plain.split("\n")}
    patterns = [re.compile(pattern) for pattern in TEMPLATE[path]]
    lines = [line for line in text.split("\n") if line not in allowed and not line.startswith("# Made by")]
    return [line for line in lines if not any(pattern.fullmatch(line) for pattern in patterns)]


def generated(
    text: str | bytes, beside: Mapping[str, bytes] = MappingProxyType({})
) -> tuple[dict[str, str], list[str]]:
    """The files that a card becomes, by path, and what is wrong with it; `beside`: files beside `room.toml`."""
    with tempfile.TemporaryDirectory() as folder, mock.patch("os.fsync"):
        box = Box(Path(folder, "boot"), Path(folder, "root"))
        box.boot.mkdir()
        for name, content in beside.items():
            (box.boot / name).write_bytes(content)
        box.file.write_bytes(text.encode() if isinstance(text, str) else text)
        outcome = apply(box.boot, box.root)
        files = {path: said for path in TEMPLATE if (said := box.has(path)) is not None}
        return files, [mistake.said(ENGLISH) for mistake in outcome.mistakes]


PLAIN, _ = generated(ROOM)
