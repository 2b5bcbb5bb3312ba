"""The files that a card becomes, and every line that they may have."""

import re
import tempfile
from pathlib import Path
from typing import Final
from unittest import mock

from appliance.card.apply import apply
from appliance.language.catalogue import ENGLISH
from tests.card.conftest import ROOM, Box

ADDRESS: Final = r"[0-9a-f:.]+"
PREFIX: Final = rf"{ADDRESS}(/\d+)?"
PORT: Final = r"\d{1,5}"

# every line that a file may have beside those of a card that says nothing
TEMPLATE: Final = {
    "etc/systemd/network/10-offhook-wired.network": (
        "DHCP=(yes|no)",
        rf"Address={ADDRESS}/\d+",
        rf"(DNS|Gateway)={ADDRESS}",
        r"\[(DHCPv4|DHCPv6|Route)\]",
        "UseDNS=(yes|no)",
        "(Route)?Metric=100",
    ),
    "etc/systemd/network/11-offhook-wifi.network": (
        "Name=wlan0",
        "DHCP=(yes|no)",
        rf"Address={ADDRESS}/\d+",
        rf"(DNS|Gateway)={ADDRESS}",
        r"\[(Match|Network|DHCPv4|DHCPv6|Route|IPv6AcceptRA)\]",
        "UseDNS=(yes|no)",
        "(Route)?Metric=600",
        "ClientIdentifier=mac",
        "MulticastDNS=yes",
    ),
    "etc/wpa_supplicant/wpa_supplicant-wlan0.conf": (
        "country=[A-Z]{2}",
        "ctrl_interface=DIR=/run/wpa_supplicant",
        "update_config=0",
        "network={",
        "\tssid=([0-9a-f]{2}){1,32}",
        "\tscan_ssid=[01]",
        "\tkey_mgmt=(NONE|WPA-PSK SAE)",
        "\tieee80211w=1",
        '\tpsk="[ -~]{8,63}"',
        "}",
    ),
    "etc/systemd/timesyncd.conf.d/offhook.conf": (r"\[Time\]", r"NTP=[A-Za-z0-9.:-]+( [A-Za-z0-9.:-]+)*"),
    "etc/ssh/authorized_keys/root": (r"ssh-ed25519 [A-Za-z0-9+/=]{68}( [^\n]*)?",),
    "etc/ssh/sshd_config.d/10-offhook.conf": (),
    "etc/nftables.conf": (
        rf"\t\ttcp dport {PORT} accept",
        rf"\t\tip6? saddr {PREFIX} (udp|tcp) dport {PORT} accept",
    ),
}


def foreign(path: str, text: str, plain: str) -> list[str]:
    """The lines of a file that its template does not have."""
    allowed = {"", *plain.split("\n")}
    patterns = [re.compile(pattern) for pattern in TEMPLATE[path]]
    lines = [line for line in text.split("\n") if line not in allowed and not line.startswith("# Made by")]
    return [line for line in lines if not any(pattern.fullmatch(line) for pattern in patterns)]


def generated(text: str | bytes) -> tuple[dict[str, str], list[str]]:
    """The files that a card becomes, by path, and what is wrong with it."""
    with tempfile.TemporaryDirectory() as folder, mock.patch("os.fsync"):
        box = Box(Path(folder, "boot"), Path(folder, "root"))
        box.boot.mkdir()
        box.file.write_bytes(text.encode() if isinstance(text, str) else text)
        outcome = apply(box.boot, box.root)
        files = {path: content for path in TEMPLATE if (content := box.has(path)) is not None}
        return files, [mistake.said(ENGLISH) for mistake in outcome.mistakes]


PLAIN, _ = generated(ROOM)
