"""`[network.eap]` and `[network.wifi.eap]`: who the box is to a network that asks (IEEE 802.1X, WPA-Enterprise).

A server that is not checked could be anybody: whoever puts a switch or an access point of his own in the way would be
given the password, or the right to stand in between. So `ca` and `server` are both needed, and there is no way
around them: the authority alone would accept every other server of the same authority.
"""

import re
from pathlib import PurePosixPath
from typing import Annotated, Literal

import msgspec

from appliance.config.network.names import domain
from appliance.language.text import Text, Unusable
from appliance.terminal.config import KEPT

LONGEST_PATH = 200  # characters
LONGEST_IDENTITY = 253  # bytes (RFC 7542, 2.2: 253 octets)
LONGEST_PASSWORD = 127  # characters; MS-CHAPv2 takes no more than 256 bytes of two each
Password = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_PASSWORD)]


class Eap(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who the box is, and whom it tells: with a certificate ("tls") or a password ("peap", "ttls").

    `ca`, `certificate`, `key`: PEM files beside `room.toml` on the card. `server`: the name that the server's
    certificate must have, or the domain that it must end with. `anonymous_identity`: what everybody may read.
    `inner`: how the password is shown to the server inside the tunnel; "pap" only with "ttls".
    """

    method: Literal["tls", "peap", "ttls"]
    identity: str
    ca: str | None = None
    server: str | None = None
    anonymous_identity: str | None = None
    certificate: str | None = None
    key: str | None = None
    key_password: Password | None = None
    password: Password | None = None
    inner: Literal["mschapv2", "pap"] = "mschapv2"

    def __post_init__(self) -> None:
        """Refuses a server that is not checked, half of what shows who we are, and names that nobody could have."""
        for key in ("ca", "server"):
            if getattr(self, key) is None:
                raise Unusable(Text("mistake.eap_unchecked", key=key), key=key)
        if "." not in domain("server", self.server or "").removesuffix("."):
            raise Unusable(Text("mistake.eap_server", name=self.server or ""), key="server")
        for key in ("identity", "anonymous_identity"):
            if (name := getattr(self, key)) is not None:
                _check_identity(key, name)
        for key in ("ca", "certificate", "key"):
            if (path := getattr(self, key)) is not None:
                check_path(key, path)
        self._check_method()

    def __repr__(self) -> str:
        return f"Eap(method={self.method!r})"

    def _check_method(self) -> None:
        needed: tuple[str, ...] = ("certificate", "key")
        without: tuple[str, ...] = ("password",)
        if self.method != "tls":
            needed, without = ("password",), ("certificate", "key", "key_password")
        for key in needed:
            if getattr(self, key) is None:
                raise Unusable(Text("mistake.eap_needs", method=self.method, key=key), key=key)
        for key in without:
            if getattr(self, key) is not None:
                raise Unusable(Text("mistake.eap_without", method=self.method, key=key), key=key, beside="method")
        if self.inner == "pap" and self.method != "ttls":
            raise Unusable(Text("mistake.eap_pap"), key="inner", beside="method")
        if self.password is not None and self.password != KEPT:
            _check_printable("password", self.password)


def check_path(key: str, path: str) -> str:
    """Returns the path of a file on the card, beside `room.toml`. Raises `Unusable` for any other place."""
    parts = PurePosixPath(path).parts
    is_plain = path.isprintable() and not re.search(r'[\\:*?"<>|]', path)  # what FAT does not have
    if not parts or path.startswith("/") or ".." in parts or not is_plain or len(path) > LONGEST_PATH:
        raise Unusable(Text("mistake.card_path", path=path), key=key)
    return path


def _check_identity(key: str, name: str) -> None:
    _check_printable(key, name)
    if not name or len(name.encode()) > LONGEST_IDENTITY:
        raise Unusable(Text("mistake.eap_identity", bytes=LONGEST_IDENTITY), key=key)


def _check_printable(key: str, text: str) -> None:
    if not text.isprintable() or not _is_unicode(text):
        raise Unusable(Text("mistake.eap_printable", key=key), key=key)


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in text)
