"""The sections of `room.toml` for the machine and not for the room: `[network]`, `[time]`, `[ssh]`, `[fleet]`."""

import difflib
import re
from typing import Annotated

import msgspec

from appliance.config.addresses import address
from appliance.config.network.names import is_host
from appliance.config.network.network import Network
from appliance.config.tables.fleet import FleetConfig
from appliance.config.tables.ssh_keys import written, wrong_with
from appliance.language.text import Text, Unusable


class Time(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[time]`: the time zone ("Europe/Moscow") and the NTP servers; left out: UTC, and the system's servers."""

    zone: str = "Etc/UTC"
    servers: Annotated[tuple[str, ...], msgspec.Meta(max_length=8)] = ()

    def __post_init__(self) -> None:
        """Refuses a time zone that does not exist, and servers that could not."""
        self.time_servers()
        if not _ZONE.fullmatch(self.zone):
            raise Unusable(Text("mistake.zone", zone=self.zone), key="zone")
        import zoneinfo  # noqa: PLC0415  # only for this section, and starting must be quick

        try:
            zoneinfo.ZoneInfo(self.zone)
        except (KeyError, ValueError, OSError):  # not there, no name at all, a folder
            known = sorted(zoneinfo.available_timezones())
            close = difflib.get_close_matches(self.zone, known, n=1)
            if known:  # else this machine cannot judge
                raise Unusable(_no_zone(self.zone, close), key="zone") from None

    def time_servers(self) -> tuple[str, ...]:
        """The time servers, addresses in their shortest form."""
        return tuple(map(_server, self.servers))


class Ssh(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[ssh]`: who may log in as root: public keys, each one line as in `id_ed25519.pub`. There are no passwords."""

    keys: Annotated[tuple[str, ...], msgspec.Meta(max_length=64)] = ()

    def __post_init__(self) -> None:
        """Refuses what is no public key."""
        for number, key in enumerate(self.keys, 1):
            if why := next(wrong_with(key), None):
                raise Unusable(Text("mistake.ssh_key", number=number, why=why), key="keys")

    def lines(self) -> tuple[str, ...]:
        """The keys as lines of authorized_keys: kind, body, comment."""
        return tuple(written(key) for key in self.keys)


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """The card's own sections and nothing else, whatever becomes of the room."""

    network: Network | None = None
    time: Time | None = None
    ssh: Ssh | None = None
    fleet: FleetConfig | None = None


_ZONE = re.compile(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,3}")


def _no_zone(zone: str, close: list[str]) -> Text:
    return Text("mistake.zone_like", zone=zone, close=close[0]) if close else Text("mistake.zone", zone=zone)


def _server(text: str) -> str:
    """A server by name or address, the latter in its shortest form."""
    if ":" in text or re.fullmatch(r"[0-9.]+", text):
        return str(address("servers", text))
    if not is_host(text):
        raise Unusable(Text("mistake.server", server=text), key="servers")
    return text
