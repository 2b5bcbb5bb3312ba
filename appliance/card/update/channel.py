"""The channel file of a repository: which version its boxes are to have, and which part of them already.

`channels/stable.json` is a small file, and `channels/stable.json.sig` its signature by the key that bundles are signed
with. Nothing in it is believed before that holds. A `serial` that rises keeps an older file, however well signed, from
being played to a box that has seen a newer one, and `not_after` keeps a box from being held at the last file for ever.
The bundle is named by its hash: what is fetched is what was signed, whoever keeps it.

Boxes come in waves: the hash of a box's id and the version is its place among all, the same whenever it asks, another
for each version, and nobody has to know the boxes.
"""

import hashlib
import re
from datetime import datetime
from typing import Annotated, Literal

import msgspec

from appliance.card.update.versions import Version, version
from appliance.language.text import Text, Worded

COMPATIBLE = "offhook-card-arm64"
LARGEST = 256 * 1024  # bytes of the file
LARGEST_BUNDLE = 1 << 30  # bytes
_SHA256 = r"^[0-9a-f]{64}$"
_BUNDLE = r"^bundles/offhook_[0-9A-Za-z.]{1,40}_arm64\.raucb$"

Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Unbelievable(Worded):
    """A channel file that is not to be followed, and why."""


class Wave(msgspec.Struct, frozen=True):
    """From `begins` on, `percent` of all boxes are to have the version."""

    begins: Moment
    percent: Annotated[int, msgspec.Meta(ge=0, le=100)]


class Channel(msgspec.Struct, frozen=True, kw_only=True):
    """A channel file. `least`: the oldest version that may become this one directly; empty: any.

    `waves`: none: every box at once. `bundle`: its place below the repository; `size` in bytes. Keys that a box does
    not know are left out, so that later ones can be added; what an old box must not misread changes `format`.
    """

    format: Literal[1] = 1
    channel: Literal["stable", "testing"]
    serial: Annotated[int, msgspec.Meta(ge=1, lt=1 << 53)]
    issued: Moment
    not_after: Moment
    compatible: Annotated[str, msgspec.Meta(max_length=64)]
    version: Annotated[str, msgspec.Meta(max_length=40)]
    least: Annotated[str, msgspec.Meta(max_length=40)] = ""
    bundle: Annotated[str, msgspec.Meta(pattern=_BUNDLE)]
    size: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_BUNDLE)]
    sha256: Annotated[str, msgspec.Meta(pattern=_SHA256)]
    waves: Annotated[tuple[Wave, ...], msgspec.Meta(max_length=32)] = ()
    changelog: Annotated[str, msgspec.Meta(max_length=65_536)] = ""

    def __post_init__(self) -> None:
        """Refuses versions that are none; msgspec says so as it does of any other value."""
        version(self.version)
        if self.least:
            version(self.least)

    @property
    def offers(self) -> Version:
        """The version that boxes are to have."""
        return version(self.version)

    def percent(self, now: datetime) -> int:
        """Returns how many of a hundred boxes are to have the version by now."""
        if not self.waves:
            return 100
        return max((wave.percent for wave in self.waves if wave.begins <= now), default=0)

    def reaches(self, machine: str, now: datetime) -> bool:
        """Returns whether the box with this id is to have the version by now."""
        return place(machine, self.version) * 100 < self.percent(now)


def place(machine: str, of: str) -> float:
    """Returns where a box stands among all for a version: from 0 to below 1, evenly spread."""
    digest = hashlib.sha256(f"{machine}\n{of}".encode()).digest()
    return int.from_bytes(digest[:6]) / (1 << 48)


def read(content: bytes) -> Channel:
    """Reads a channel file whose signature holds. Raises `Unbelievable`."""
    if len(content) > LARGEST:
        raise Unbelievable(Text("update.why.list_unreadable", words=f"more than {LARGEST} bytes"))
    try:
        return msgspec.json.decode(content, type=Channel)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise Unbelievable(Text("update.why.list_unreadable", words=_plain(str(error)))) from None


def check(channel: Channel, wanted: str, serial: int, now: datetime) -> None:
    """Checks whether a channel file may be followed. Raises `Unbelievable`.

    `wanted`: the channel that was asked for; `serial`: the highest one seen of it.
    """
    if channel.channel != wanted:
        raise Unbelievable(Text("update.why.list_other", found=channel.channel, wanted=wanted))
    if channel.serial < serial:
        raise Unbelievable(Text("update.why.list_old", found=channel.serial, seen=serial))
    if channel.not_after < now:
        raise Unbelievable(Text("update.why.list_over", day=channel.not_after.date().isoformat()))
    if channel.compatible != COMPATIBLE:
        raise Unbelievable(Text("update.why.foreign", compatible=_plain(channel.compatible)))


def _plain(words: str) -> str:
    return re.sub(r"[^ -~]", "?", words)[:200]
