"""How to reach and to control a terminal: the configuration's section `[terminal]`."""

import os
from pathlib import Path
from typing import Annotated, Literal

import msgspec

Role = Literal["admin", "user"]
Port = Annotated[int, msgspec.Meta(ge=1, le=65535)]
SECRETS = ("pin", "password", "token", "pin_file", "password_file", "token_file")
KEPT = "(kept)"  # in place of a secret: it has been taken out of the file, and is in the credential offhook.NAME
CREDENTIAL = "credential:"  # in front of the name of a file that systemd hands to the service
CREDENTIAL_STORE = Path("/etc/credstore")  # where systemd takes it from, for whoever runs us without systemd


class Credentials(msgspec.Struct, frozen=True):
    """What we authorise with: its kind in words (PIN, password, token) and the secret, which `repr` does not show."""

    kind: str
    secret: str

    def __repr__(self) -> str:
        return f"Credentials(kind={self.kind!r})"


class TerminalConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Address, credentials and manners.

    At most one of `pin`, `password`, `token` and the same with `_file`; none of them means a terminal without
    protection. A file `credential:NAME` is the credential NAME of the service (systemd.exec(5), LoadCredential=), and
    the secret `(kept)` is what the credential `offhook.pin`, `offhook.password` or `offhook.token` says. The ports are
    used where the terminal does not tell its own. Times are in seconds.
    """

    host: Annotated[str, msgspec.Meta(min_length=1, max_length=253)]
    web_port: Port = 80
    ws_port: Port = 8765
    http_port: Port = 8766
    pin: str | None = None
    password: str | None = None
    token: str | None = None
    pin_file: str | None = None
    password_file: str | None = None
    token_file: str | None = None
    role: Role | None = None
    on_takeover: Literal["yield", "reclaim"] = "yield"
    reclaim_after: Annotated[float, msgspec.Meta(ge=1, le=3600)] = 60.0
    command_timeout: Annotated[float, msgspec.Meta(ge=0.1, le=60)] = 5.0

    def __post_init__(self) -> None:
        given = [name for name in SECRETS if getattr(self, name) is not None]
        if len(given) > 1:
            raise ValueError(f"only one of {', '.join(SECRETS)} may be given, not {' and '.join(given)}")
        empty = [name for name in given if not getattr(self, name)]
        if empty:
            raise ValueError(f"`{empty[0]}` is empty; leave it out for a terminal without protection")

    def __repr__(self) -> str:
        return f"TerminalConfig(host={self.host!r}, web_port={self.web_port}, role={self.role!r})"


def read_credentials(config: TerminalConfig, store: Path = CREDENTIAL_STORE) -> Credentials | None:
    """What the configuration gives, reading the file it names; None means without protection.

    `store`: where credentials are that systemd does not hand to us. Raises `ValueError` naming key and path when that
    file cannot be read or is empty.
    """
    for name, kind in (("pin", "PIN"), ("password", "password"), ("token", "token")):
        secret = getattr(config, name)
        path = getattr(config, f"{name}_file")
        if path is not None:
            secret = _from_file(f"{name}_file", path, store)
        if secret == KEPT:
            secret = _kept(name, store)
        if secret is not None:
            return Credentials(kind, secret)
    return None


def kept(name: str, store: Path = CREDENTIAL_STORE) -> str:
    """The secret `offhook.NAME` that was taken out of the configuration. Raises `ValueError` where there is none."""
    try:
        return _read(place(f"{CREDENTIAL}offhook.{name}", store))
    except ValueError as error:
        raise ValueError(f"{KEPT!r}, but this machine keeps none ({error}); expected the secret itself") from None


def place(path: str, store: Path = CREDENTIAL_STORE) -> Path:
    """Where the file is that the configuration names; `credential:NAME`: see `TerminalConfig`."""
    if not path.startswith(CREDENTIAL):
        return Path(path)
    return Path(os.environ.get("CREDENTIALS_DIRECTORY", store), path.removeprefix(CREDENTIAL))


def _kept(name: str, store: Path) -> str:
    try:
        return kept(name, store)
    except ValueError as error:
        raise ValueError(f"{name} = {error}") from None


def _from_file(key: str, path: str, store: Path) -> str:
    try:
        return _read(place(path, store))
    except ValueError as error:
        raise ValueError(f"{key} = {path!r}: {error}") from None


def _read(path: Path) -> str:
    try:
        secret = path.read_text().strip()
    except OSError as error:
        raise ValueError(error.strerror) from None
    except UnicodeDecodeError:
        raise ValueError("not text") from None
    if not secret:
        raise ValueError("the file is empty")
    return secret
