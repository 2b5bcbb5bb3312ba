"""`[fleet.enrol]`: who gives this box a certificate."""

import re
from typing import Annotated

import msgspec

from appliance.language.text import Text, Unusable

_LABEL = re.compile(r"[A-Za-z0-9_.~-]{0,64}")
_NAME = re.compile(r"[A-Za-z0-9_.:/-]{1,64}")  # X.520 has no longer common name


class EnrolConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A server for EST (RFC 7030); `url`: `https://HOST[:PORT]`; `label`: which of its authorities, where it has many.

    `user`, `password`: for the first certificate, and after one that is over; `(kept)`: the box has it. `name`: the
    certificate's common name; left out: SITE/ROOM of `[mqtt]`, or the box's id.
    """

    url: str
    label: str = ""
    user: Annotated[str, msgspec.Meta(max_length=256)] = ""
    password: Annotated[str, msgspec.Meta(min_length=1, max_length=1024)] | None = None
    name: str | None = None

    def __post_init__(self) -> None:
        """Refuses what makes no address, and a name that is none."""
        if not re.fullmatch(r"https://([A-Za-z0-9._-]+|\[[0-9a-fA-F:.]+\])(:[1-9][0-9]{0,4})?/?", self.url):
            raise Unusable(Text("mistake.enrol_url", url=self.url[:200]), key="url")
        if not _LABEL.fullmatch(self.label):
            raise Unusable(Text("mistake.enrol_label", label=self.label[:200]), key="label")
        if self.name is not None and not _NAME.fullmatch(self.name):
            raise Unusable(Text("mistake.enrol_name", name=self.name[:200]), key="name")

    def __repr__(self) -> str:
        return f"EnrolConfig(url={self.url!r}, label={self.label!r}, name={self.name!r})"
