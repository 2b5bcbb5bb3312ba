"""The sections of `room.toml` that are for the machine and not for the room: `[network]`, `[time]`, `[ssh]`."""

import base64
import binascii
import difflib
import ipaddress
import re
from collections.abc import Iterator
from typing import Annotated

import msgspec

from appliance.language.text import Text, Unusable
from appliance.terminal.config import KEPT

SHORTEST, LONGEST = 8, 63  # characters of a Wi-Fi password (IEEE 802.11-2020, J.4.1)
LONGEST_SSID = 32  # bytes
LONGEST_KEY = 4096  # characters; an RSA key of 16384 bits has fewer


class Addressing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How an interface gets its address: by DHCP, or `address` with its prefix, such as 192.168.1.30/24."""

    address: str | None = None
    gateway: str | None = None
    dns: Annotated[tuple[str, ...], msgspec.Meta(max_length=8)] = ()

    def __post_init__(self) -> None:
        """Refuses addresses that are none, and a gateway that is out of reach."""
        for server in self.dns:
            _address("dns", server)
        own = None if self.address is None else _with_prefix(self.address)
        if self.gateway is None:
            return
        if own is None:
            raise Unusable(Text("mistake.gateway_alone"))
        gateway = _address("gateway", self.gateway)
        if gateway not in own.network and not gateway.is_link_local:
            raise Unusable(Text("mistake.gateway_elsewhere", gateway=str(gateway), address=str(own)))


class Wifi(Addressing, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[network.wifi]`: without `password` an open network; `country` (RU, DE) says which channels are allowed."""

    ssid: Annotated[str, msgspec.Meta(min_length=1)]
    country: str
    password: str | None = None
    hidden: bool = False

    def __post_init__(self) -> None:
        """Refuses what no access point could have."""
        Addressing.__post_init__(self)
        if not re.fullmatch("[A-Z]{2}", self.country):
            raise Unusable(Text("mistake.country", country=self.country))
        if len(self.ssid.encode()) > LONGEST_SSID:
            raise Unusable(Text("mistake.ssid", bytes=LONGEST_SSID))
        if self.password in (None, KEPT):
            return
        if not SHORTEST <= len(str(self.password)) <= LONGEST or not _plain(str(self.password)):
            raise Unusable(Text("mistake.wifi_password", least=SHORTEST, most=LONGEST))

    def __repr__(self) -> str:
        return f"Wifi(ssid={self.ssid!r})"


class Network(Addressing, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[network]`: the wired interface, and `[network.wifi]` where there is one."""

    wifi: Wifi | None = None


class Time(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[time]`: the time zone ("Europe/Moscow") and the NTP servers; left out: UTC, and the system's servers."""

    zone: str = "Etc/UTC"
    servers: Annotated[tuple[str, ...], msgspec.Meta(max_length=8)] = ()

    def __post_init__(self) -> None:
        """Refuses a time zone that does not exist, and servers that could not."""
        for server in self.servers:
            if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?", server):
                raise Unusable(Text("mistake.server", server=server))
        import zoneinfo  # noqa: PLC0415  # only for this section, and starting must be quick

        try:
            zoneinfo.ZoneInfo(self.zone)
        except (KeyError, ValueError, OSError):  # not there, no name at all, a folder
            known = sorted(zoneinfo.available_timezones())
            close = difflib.get_close_matches(self.zone, known, n=1)
            if known:  # else this machine cannot judge
                raise Unusable(_no_zone(self.zone, close)) from None


class Ssh(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[ssh]`: who may log in as root: public keys, each one line as in `id_ed25519.pub`. There are no passwords."""

    keys: Annotated[tuple[str, ...], msgspec.Meta(max_length=64)] = ()

    def __post_init__(self) -> None:
        """Refuses what is no public key."""
        for number, key in enumerate(self.keys, 1):
            if why := next(_wrong_with(key), None):
                raise Unusable(Text("mistake.ssh_key", number=number, why=why))


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """The card's own sections and nothing else, whatever becomes of the room."""

    network: Network | None = None
    time: Time | None = None
    ssh: Ssh | None = None


_KINDS = ("ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp", "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@")


def _no_zone(zone: str, close: list[str]) -> Text:
    return Text("mistake.zone_like", zone=zone, close=close[0]) if close else Text("mistake.zone", zone=zone)


def _with_prefix(text: str) -> ipaddress.IPv4Interface | ipaddress.IPv6Interface:
    try:
        return ipaddress.ip_interface(text if "/" in text else "")
    except ValueError:
        raise Unusable(Text("mistake.address_with_prefix", address=text)) from None


def _address(key: str, text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        raise Unusable(Text("mistake.address", key=key, address=text)) from None


def _plain(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _wrong_with(key: str) -> Iterator[Text]:
    kind, _, rest = key.partition(" ")
    if not key.isprintable() or len(key) > LONGEST_KEY:
        yield Text("mistake.ssh_key_lines")
    if "PRIVATE KEY" in key:
        yield Text("mistake.ssh_key_private")
    if not kind.startswith(_KINDS):
        yield Text("mistake.ssh_key_kind", kind=kind[:40])
    if not _is_of_kind(kind, rest.split(" ")[0]):
        yield Text("mistake.ssh_key_damaged")


def _is_of_kind(kind: str, body: str) -> bool:
    """Whether the key's body is whole fields, the first of which is the kind that stands before it (RFC 4253, 6.6)."""
    try:
        blob = base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        return False
    fields = []
    while blob:
        length = int.from_bytes(blob[:4])
        fields.append(blob[4 : 4 + length])
        if len(fields[-1]) < length or len(blob) < 4:
            return False
        blob = blob[4 + length :]
    return len(fields) > 1 and fields[0] == kind.encode()
