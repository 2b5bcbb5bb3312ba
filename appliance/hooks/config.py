"""`[webhooks.NAME]`: a web server that is told what happens in the room."""

from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit

import msgspec

from appliance.hooks.signature import Keys, keys_in
from appliance.language.text import Text, Unusable
from appliance.room.happened import TYPES
from appliance.terminal.config import CREDENTIAL_STORE, secret_in

NAMES: Final = frozenset(TYPES) | {f"{kind}.{each}" for kind, types in TYPES.items() for each in types}
"""What `events` may list: kinds of events, which are all of that kind, and single ones."""

MOST: Final = 8
"""Hooks of a room; each has a connection and a queue."""

_HERE: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_Path = Annotated[str, msgspec.Meta(min_length=1)]


class HookConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[webhooks.NAME]`: `url`, or `url_file`, a file with the address, which often is a secret.

    `events`: kinds (`call`) and single events (`call.ended`). `secret`: what the messages are signed with;
    `secret_file`: a file with one secret a line, several while one replaces another. A file `credential:NAME` is the
    credential NAME of the service.
    `ca`: a PEM file with an authority that is trusted beside the machine's own. `plain`: http:// is allowed.
    """

    events: Annotated[tuple[str, ...], msgspec.Meta(min_length=1, max_length=32)]
    url: str | None = None
    url_file: _Path | None = None
    secret: str | None = None
    secret_file: _Path | None = None
    ca: _Path | None = None
    plain: bool = False

    def __post_init__(self) -> None:
        """Refuses none or two addresses or secrets, what would be read along, and events that there are not."""
        if (self.url is None) == (self.url_file is None):
            raise Unusable(Text("mistake.webhook_one"))
        if self.url is not None:
            self._check("url", self.url)
        if (self.secret is None) == (self.secret_file is None):
            raise Unusable(Text("mistake.webhook_one_secret"))
        if self.secret is not None:
            keys_in("secret", self.secret)
        for name in self.events:
            if name not in NAMES:
                raise Unusable(Text("mistake.webhook_event", name=name, known=", ".join(sorted(NAMES))), key="events")

    def __repr__(self) -> str:
        return f"HookConfig(events={self.events!r})"

    def address(self, store: Path = CREDENTIAL_STORE) -> str:
        """Returns the address, read from its file if it is in one. Raises `CredentialsError` and `Unusable`."""
        if self.url_file is None:
            return str(self.url)
        url = secret_in("url_file", self.url_file, store)
        self._check("url_file", url)
        return url

    def keys(self, store: Path = CREDENTIAL_STORE) -> Keys:
        """Returns what messages are signed with. Raises `CredentialsError` and `Unusable`."""
        if self.secret_file is None:
            return keys_in("secret", str(self.secret))
        return keys_in("secret_file", secret_in("secret_file", self.secret_file, store))

    def wants(self, kind: str, name: str) -> bool:
        """Returns whether it is told of an event of this kind and name."""
        return kind in self.events or name in self.events

    def _check(self, key: str, url: str) -> None:
        """Raises `Unusable`, which names the key and not the address: that may be a secret."""
        try:
            parts = urlsplit(url)
            usable = bool(parts.hostname) and (parts.port or 1) > 0 and "@" not in parts.netloc
        except ValueError:
            raise Unusable(Text("mistake.webhook_url", key=key), key=key) from None
        if not usable or parts.scheme not in {"https", "http"} or not url.isprintable() or " " in url:
            raise Unusable(Text("mistake.webhook_url", key=key), key=key)
        if parts.scheme == "http" and not (self.plain or parts.hostname in _HERE):
            raise Unusable(Text("mistake.webhook_plain", key=key), key=key, beside="plain")
