"""What `[panel]` in the configuration says."""

import re
from typing import Annotated, Literal

import msgspec

from appliance.language.codes import Code
from appliance.language.text import Text, Unusable
from appliance.panel.door.config import NO_DOOR, DoorConfig
from appliance.room.situation import Situation
from appliance.runtime.web.listen import NotListenable, parse_listen

_NOT_LISTENABLE = {
    "address": "mistake.listen",
    "empty": "mistake.listen_everywhere",
    "ipv6": "mistake.listen_ipv6",
    "port": "mistake.listen_port",
}
_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?", re.IGNORECASE | re.ASCII)

Icon = Literal[
    "light",
    "curtain",
    "screen",
    "power",
    "fan",
    "heat",
    "lock",
    "door",
    "bell",
    "help",
    "call",
    "microphone",
    "speaker",
    "camera",
    "content",
    "star",
]
"""Symbols of our own, each a file of `static/icons`."""

Colour = Literal["plain", "green", "red", "amber", "blue", "violet"]

Place = Literal["room", "idle", "call"]
"""The pages that have buttons: one of the room's own, that of an idle room, and that of a call."""


class ShownButton(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a button of the panel looks, and where and when it is there.

    `label`: what stands on it; left out, its name. `order`: the smallest comes first, equal ones as in the file. `lit`:
    what a lamp may show, or an output such as "relay lights"; left out, the output that it switches, if it is one.
    `only`: the states of the room in which it is there; empty: always.
    """

    label: Annotated[str, msgspec.Meta(max_length=40)] = ""
    icon: Icon | None = None
    colour: Colour = "plain"
    place: Place = "room"
    order: Annotated[int, msgspec.Meta(ge=-100, le=100)] = 0
    lit: str | None = None
    only: tuple[Situation, ...] = ()


class PanelConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[panel]`: where the pages listen; without this table there are none.

    With `certificate` and `key`, which are files (PEM), they are served over HTTPS and in no other way. A file
    `credential:NAME` is the credential NAME of the service (systemd.exec(5), LoadCredential=). `names`: by which
    browsers may ask for it, beside the machine's addresses and its own name. Without `titles`, the display at the door
    says of no meeting what it is about or whose it is. `inches`: the diagonal of the screens, by which letters are as
    large as they have to be to be read from 3 m; an address that ends in `?inches=7` is for another. `dark`: at night
    the panel is dark while nobody touches it, and not dim alone. `hang_up`: a call is ended by a press, or by holding
    the button. `language`: what these pages speak; left out, what the room does. `door`: what people may do at the
    door.
    """

    listen: str
    names: tuple[str, ...] = ()
    certificate: str | None = None
    key: str | None = None
    titles: bool = True
    inches: Annotated[float, msgspec.Meta(ge=3, le=120)] = 10.1
    dark: bool = False
    hang_up: Literal["press", "hold"] = "press"
    language: Code | None = None
    door: DoorConfig = NO_DOOR

    def __post_init__(self) -> None:
        """Refuses an address that nothing could listen on, and one of two files that go together."""
        check_listen("listen", self.listen)
        check_names(self.names)
        check_pair(self.certificate, self.key)

    @property
    def invites(self) -> bool:
        """Whether phones can be paired: the pages are served over HTTPS, and not on this machine alone."""
        return self.certificate is not None and not is_here(self.listen)


def check_listen(key: str, listen: str) -> None:
    """Raises `Unusable`, which names the key: nothing could listen on this address."""
    try:
        parse_listen(listen)
    except NotListenable as error:
        wrong = Text(_NOT_LISTENABLE[error.kind], listen=error.whole, part=error.part)
        raise Unusable(wrong, key=key) from None


def is_here(listen: str) -> bool:
    """Whether an address to listen on is reached from this machine only."""
    return parse_listen(listen).is_here


def check_names(names: tuple[str, ...]) -> None:
    """Raises `Unusable`: one of these is not the name of a host."""
    for name in names:
        if not _NAME.fullmatch(name):
            raise Unusable(Text("mistake.panel_name", name=name), key="names")


def check_pair(certificate: str | None, key: str | None) -> None:
    """Raises `Unusable`: a path is empty, or one of the two files is without the other."""
    for name, path, other in (("certificate", certificate, "key"), ("key", key, "certificate")):
        if path == "":
            raise Unusable(Text("mistake.empty_path", key=name), key=name)
        if path is not None and (key if name == "certificate" else certificate) is None:
            raise Unusable(Text("mistake.path_alone", key=name, other=other), key=name, beside=other)
