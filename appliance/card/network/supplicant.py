"""Wi-Fi and 802.1X as files of wpa_supplicant(5).

Whatever somebody chose is written as hexadecimal digits, which wpa_supplicant takes in place of a quoted text: no
character can end a line or a value.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from appliance.card.files import MADE, File, Files
from appliance.card.network.pems import Held
from appliance.card.strict import strict_lines
from appliance.config.network.eap import Eap
from appliance.config.network.network import WIRE, Network
from appliance.config.network.wifi import Wifi, pass_phrase

FOLDER = "etc/wpa_supplicant"
SUPPLICANT = f"{FOLDER}/wpa_supplicant-wlan0.conf"
_WIRED = "wpa_supplicant-wired-"
_HEX = "([0-9a-f]{2})+"
_PLACE = r'"/etc/[a-z_./-]+"'
_LINE = (
    r"country=[A-Z]{2}|ctrl_interface=DIR=/run/wpa_supplicant|update_config=0|ap_scan=0|network=\{|\}"
    rf"|\tssid={_HEX}|\tscan_ssid=[01]|\tkey_mgmt=(NONE|(WPA-PSK )?SAE|(WPA-EAP )?WPA-EAP-SHA256|IEEE8021X)"
    r'|\tieee80211w=[12]|\tproto=RSN|\teapol_flags=0|\tpsk="[ -~]{8,63}"|\teap=(TLS|PEAP|TTLS)'
    r'|\tphase1="tls_disable_tlsv1_0=1 tls_disable_tlsv1_1=1"|\tphase2="auth=(MSCHAPV2|PAP)"'
    rf"|\t(identity|anonymous_identity|password|private_key_passwd|domain_suffix_match)={_HEX}"
    rf"|\t(ca_cert|client_cert|private_key)={_PLACE}"
)
# nothing older than TLS 1.2, which a server of the last ten years has
_PHASE1 = 'phase1="tls_disable_tlsv1_0=1 tls_disable_tlsv1_1=1"'
Secrets = Mapping[str, str | None]
"""`password` and `key_password`, as they were given or kept."""


def wired_file(interface: str) -> str:
    """Which file is for 802.1X on an interface, as wpa_supplicant-wired@.service wants it."""
    return f"{FOLDER}/{_WIRED}{interface}.conf"


def interface_of(root: Path) -> str:
    """For which interface there is 802.1X below `root`; empty for none."""
    return next((path.stem.removeprefix(_WIRED) for path in sorted((root / FOLDER).glob(f"{_WIRED}*.conf"))), "")


def former(root: Path) -> dict[str, File | None]:
    """Nothing in place of the files for 802.1X that there are below `root`."""
    return {str(path.relative_to(root)): None for path in (root / FOLDER).glob(f"{_WIRED}*.conf")}


def wired(network: Network | None, held: Held | None, secrets: Secrets) -> Files:
    """802.1X on the wire; no file where there is none. `held`: where its certificates are."""
    if network is None or network.eap is None or held is None:
        return {}
    said = ("\tkey_mgmt=IEEE8021X", "\teapol_flags=0", *_eap(network.eap, held, secrets))
    return {wired_file(network.wire() or WIRE): _file("ap_scan=0", *_block(said))}


def wireless(
    wifi: Wifi | None, password: str | None, held: Held | None = None, secrets: Secrets = MappingProxyType({})
) -> Files:
    """Wi-Fi on wlan0; no file where there is none. `password`: None for an open network and one with `eap`."""
    if wifi is None:
        return {SUPPLICANT: None}
    return {SUPPLICANT: _file(f"country={wifi.country}", *_block(_wifi(wifi, password, held, secrets)))}


def _file(*lines: str) -> File:
    head = (MADE.rstrip(), "ctrl_interface=DIR=/run/wpa_supplicant", "update_config=0")
    return File(strict_lines("\n".join((*head, *lines, "")), _LINE), 0o600)


def _block(lines: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    yield from ("", "network={", *lines, "}")


def _wifi(wifi: Wifi, password: str | None, held: Held | None, secrets: Secrets) -> Iterator[str]:
    yield f"\tssid={wifi.ssid.encode().hex()}"
    yield f"\tscan_ssid={int(wifi.hidden)}"
    frames = f"\tieee80211w={2 if wifi.wpa3_only else 1}"  # protected management frames: WPA3 wants them
    if wifi.eap is not None and held is not None:
        older = "" if wifi.wpa3_only else "WPA-EAP "
        yield from (f"\tkey_mgmt={older}WPA-EAP-SHA256", "\tproto=RSN", frames, *_eap(wifi.eap, held, secrets))
    elif password is None:
        yield "\tkey_mgmt=NONE"
    else:
        older = "" if wifi.wpa3_only else "WPA-PSK "
        yield from (f"\tkey_mgmt={older}SAE", frames, f'\tpsk="{pass_phrase(password)}"')


def _eap(eap: Eap, held: Held, secrets: Secrets) -> Iterator[str]:
    yield f"\teap={eap.method.upper()}"
    yield f"\tidentity={_hex(eap.identity)}"
    if eap.anonymous_identity is not None:
        yield f"\tanonymous_identity={_hex(eap.anonymous_identity)}"
    yield f'\tca_cert="/{held.ca}"'
    yield f"\tdomain_suffix_match={_hex((eap.server or '').removesuffix('.'))}"
    yield f"\t{_PHASE1}"
    if eap.method == "tls":
        yield from (f'\tclient_cert="/{held.certificate}"', f'\tprivate_key="/{held.key}"')
        if secret := secrets.get("key_password"):
            yield f"\tprivate_key_passwd={_hex(secret)}"
        return
    yield f'\tphase2="auth={eap.inner.upper()}"'
    yield f"\tpassword={_hex(secrets.get('password') or '')}"


def _hex(text: str) -> str:
    return text.encode().hex()
