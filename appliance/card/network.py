"""`[network]` as files of systemd-networkd(5, systemd.network) and wpa_supplicant(5)."""

from collections.abc import Iterator

from appliance.card.files import MADE, File, Files
from appliance.card.strict import strict, strict_lines
from appliance.config.machine import Addressing, Network, Wifi, pass_phrase

WIRED = "etc/systemd/network/10-offhook-wired.network"
WIRELESS = "etc/systemd/network/11-offhook-wifi.network"
SUPPLICANT = "etc/wpa_supplicant/wpa_supplicant-wlan0.conf"
_PREFERS_WIRE, _WIFI_METRIC = 100, 600  # of two ways the lower number is taken
_ADDRESS = r"[0-9a-f:.]+"
_METRIC, _BOOLEAN = r"\d+", "yes|no"
_TEMPLATE = {
    "Match": {"Type": "ether", "Kind": r"!\*", "Name": "wlan0"},
    "Network": {"DHCP": _BOOLEAN, "Address": rf"{_ADDRESS}/\d+", "DNS": _ADDRESS, "MulticastDNS": "yes"},
    "DHCPv4": {"RouteMetric": _METRIC, "ClientIdentifier": "mac", "UseDNS": _BOOLEAN},
    "DHCPv6": {"UseDNS": _BOOLEAN},
    "Route": {"Gateway": _ADDRESS, "Metric": _METRIC},
    "IPv6AcceptRA": {"RouteMetric": _METRIC},
}
_SUPPLICANT_LINE = (
    r"country=[A-Z]{2}|ctrl_interface=DIR=/run/wpa_supplicant|update_config=0|network=\{|\}"
    r'|\tssid=[0-9a-f]+|\tscan_ssid=[01]|\tkey_mgmt=(NONE|WPA-PSK SAE)|\tieee80211w=1|\tpsk="[ -~]{8,63}"'
)


def wired(network: Network | None) -> Files:
    """The wired interface, whatever it is called; without a section by DHCP."""
    match = ("Type=ether", "Kind=!*")  # no kind: a real one, no bridge or tunnel
    return {WIRED: File(_network(match, network or Network(), _PREFERS_WIRE))}


def wireless(wifi: Wifi | None, password: str | None) -> Files:
    """Wi-Fi on wlan0; no files where there is none. `password`: None for an open network."""
    if wifi is None:
        return {WIRELESS: None, SUPPLICANT: None}
    return {
        WIRELESS: File(_network(("Name=wlan0",), wifi, _WIFI_METRIC)),
        SUPPLICANT: File(strict_lines("\n".join((*_supplicant(wifi, password), "")), _SUPPLICANT_LINE), 0o600),
    }


def _network(match: tuple[str, ...], how: Addressing, metric: int) -> str:
    lines = ("[Match]", *match, "", "[Network]", *_addressing(how), "MulticastDNS=yes", "", *_routes(how, metric), "")
    return strict(MADE + "\n".join(lines), _TEMPLATE)


def _addressing(how: Addressing) -> Iterator[str]:
    yield "DHCP=yes" if how.address is None else "DHCP=no"
    if how.address is not None:
        yield f"Address={how.own()}"
    yield from (f"DNS={server}" for server in how.name_servers())


def _routes(how: Addressing, metric: int) -> Iterator[str]:
    if how.address is None:
        own_dns = "no" if how.dns else "yes"
        # ClientIdentifier: the server's reservations are for hardware addresses
        yield from ("[DHCPv4]", f"RouteMetric={metric}", "ClientIdentifier=mac", f"UseDNS={own_dns}", "")
        yield from ("[DHCPv6]", f"UseDNS={own_dns}", "")
    elif how.gateway is not None:
        yield from ("[Route]", f"Gateway={how.router()}", f"Metric={metric}", "")
    yield from ("[IPv6AcceptRA]", f"RouteMetric={metric}")


def _supplicant(wifi: Wifi, password: str | None) -> Iterator[str]:
    yield MADE.rstrip()
    yield from (f"country={wifi.country}", "ctrl_interface=DIR=/run/wpa_supplicant", "update_config=0", "", "network={")
    yield f"\tssid={wifi.ssid.encode().hex()}"  # digits: any letter can be in a name
    yield f"\tscan_ssid={int(wifi.hidden)}"
    if password is None:
        yield "\tkey_mgmt=NONE"
    else:
        yield from ("\tkey_mgmt=WPA-PSK SAE", "\tieee80211w=1", f'\tpsk="{pass_phrase(password)}"')
    yield "}"
