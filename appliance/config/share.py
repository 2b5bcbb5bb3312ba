"""`[share]`: the terminal's session, shared with programs on the network."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import msgspec

from appliance.config.document import Contradiction
from appliance.config.words import words_of
from appliance.language.text import Text, Unusable
from appliance.panel.config import check_listen, check_pair
from appliance.terminal.config import CREDENTIAL_STORE, KEPT, SECRETS, CredentialsError, kept, secret_in
from drivers.errors import about
from drivers.visca.config import Allowed

_NAME: Final = re.compile(r"\w[\w .-]{0,29}")  # it is shown on a small display
_ENCODED: Final = "xn--"  # what Punycode follows, as in the names of hosts
CREDENTIALS: Final = "share."
"""How the names of clients' credentials begin, after `offhook.`; the unit's ImportCredential= hands them over."""
LEAST: Final = {"pin": 6, "password": 8, "token": 16}
"""Characters of a secret. An address has few guesses a minute, and whoever may connect is listed, so that a PIN of six
digits holds for weeks; a token is for programs, which do not mind how long it is."""


class ShareClient(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[share.clients.NAME]`: a program, what it may do, and by which secret it comes in: exactly one of them.

    `power`: it may also restart the terminal, switch it off, update it and log it in or out.
    `stay`: it stays connected while there is no link to the terminal. The secret `(kept)` is what the credential says
    that `credential` names.
    """

    role: Literal["admin", "user", "read"]
    power: bool = False
    stay: bool = False
    pin: str | None = None
    password: str | None = None
    token: str | None = None
    pin_file: str | None = None
    password_file: str | None = None
    token_file: str | None = None

    def __post_init__(self) -> None:
        """Refuses no secret, several, weak ones, and power for who may only read."""
        if self.power and self.role == "read":
            raise Unusable(Text("mistake.share_power"), key="power", beside="role")
        given = [name for name in SECRETS if getattr(self, name) is not None]
        if len(given) != 1:
            raise Unusable(Text("mistake.share_secret", known=", ".join(SECRETS)))
        key = self.secret_key
        if getattr(self, key) == "":
            raise Unusable(Text("mistake.share_empty_secret", key=key), key=key)
        if key in LEAST and not self.is_kept:
            _check_strength(key, getattr(self, key))

    def __repr__(self) -> str:
        return f"ShareClient(role={self.role!r}, power={self.power!r}, stay={self.stay!r})"

    @property
    def secret_key(self) -> str:
        """The key that says the secret, or names its file."""
        return next(name for name in SECRETS if getattr(self, name) is not None)

    @property
    def is_kept(self) -> bool:
        """Whether the secret has been taken out of the configuration."""
        return bool(getattr(self, self.secret_key) == KEPT)

    def secret(self, name: str, store: Path = CREDENTIAL_STORE) -> str:
        """Returns the secret of the client `name`, from its file or credential where it is in one.

        Raises `CredentialsError` and `Unusable`.
        """
        key, value = self.secret_key, getattr(self, self.secret_key)
        if key in LEAST and not self.is_kept:
            return str(value)
        secret = kept(credential(name), store) if self.is_kept else secret_in(key, value, store)
        _check_strength(key, secret)
        return secret


class ShareConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[share]`: where programs on the network find the terminal's session, from where they may come, and who they are.

    `listen`: in plain (ws://, http://); `listen_tls`: with `certificate` and `key` (wss://, https://); one of them or
    both. `allow`: addresses or networks; nobody else is heard.
    """

    allow: Annotated[tuple[str, ...], msgspec.Meta(min_length=1, max_length=64)]
    clients: dict[str, ShareClient]
    listen: str | None = None
    listen_tls: str | None = None
    certificate: str | None = None
    key: str | None = None

    def __post_init__(self) -> None:
        """Refuses addresses that are none, and what does not go together."""
        for key in ("listen", "listen_tls"):
            if getattr(self, key) is not None:
                check_listen(key, getattr(self, key))
        with about("allow"):
            Allowed(self.allow)
        check_pair(self.certificate, self.key)
        self._check_together()
        if not self.clients:
            raise Unusable(Text("mistake.share_nobody"), key="clients")
        for name in self.clients:
            if not _NAME.fullmatch(name):
                raise Unusable(Text("mistake.share_name", name=name), key="clients")

    def _check_together(self) -> None:
        if self.listen is None and self.listen_tls is None:
            raise Unusable(Text("mistake.share_nowhere"))
        if self.listen_tls is not None and self.certificate is None:
            raise Unusable(Text("mistake.share_certificate"), key="listen_tls", beside="certificate")
        if self.certificate is not None and self.listen_tls is None:
            raise Unusable(Text("mistake.share_no_tls"), key="certificate", beside="listen_tls")
        if self.listen is not None and self.listen == self.listen_tls and not self.listen.endswith(":0"):
            raise Unusable(Text("mistake.share_one_port"), key="listen_tls", beside="listen")


def credential(name: str) -> str:
    """Returns which credential offhook.NAME keeps the secret of a client: systemd takes ASCII only, names have more."""
    is_plain = name.isascii() and not name.startswith(_ENCODED)
    return f"{CREDENTIALS}{name if is_plain else _ENCODED + name.encode('punycode').decode()}"


def share_contradictions(document: dict[str, Any], store: Path | None) -> Iterator[Contradiction]:
    """Yields clients with the same secret, and secrets that cannot be read; `store`: None elsewhere than on the box."""
    seen: dict[str, str] = {}
    for name, client in _clients(document):
        if store is None and (client.is_kept or client.secret_key not in LEAST):
            continue
        place = ("share", "clients", name, client.secret_key)
        try:
            secret = client.secret(name, store or CREDENTIAL_STORE)
        except (CredentialsError, Unusable) as error:
            yield place, words_of(error)
            continue
        if secret in seen:
            yield place, Text("mistake.share_same_secret", by=seen[secret])
        seen.setdefault(secret, name)


def _clients(document: dict[str, Any]) -> Iterator[tuple[str, ShareClient]]:
    share = document.get("share")
    clients = share.get("clients") if isinstance(share, dict) else None
    for name, table in clients.items() if isinstance(clients, dict) else ():
        try:
            yield name, msgspec.convert(table, ShareClient)
        except msgspec.ValidationError:
            continue  # `read` has said so


def _check_strength(key: str, secret: str) -> None:
    least = LEAST[key.removesuffix("_file")]
    if len(secret) < least or len(set(secret)) == 1:
        raise Unusable(Text("mistake.share_weak_secret", key=key, least=least), key=key)
