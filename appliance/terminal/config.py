"""How to reach and to control a terminal: the configuration's section `[terminal]`."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import msgspec

Role = Literal["admin", "user"]
Port = Annotated[int, msgspec.Meta(ge=1, le=65535)]
SECRETS = ("pin", "password", "token", "pin_file", "password_file", "token_file")
KEPT = "(kept)"  # in place of a secret: it has been taken out of the file, and is in the credential offhook.NAME
CREDENTIAL = "credential:"  # in front of the name of a file that systemd hands to the service
_LARGEST = 64 * 1024  # characters of a file with a secret
CREDENTIAL_STORE = Path("/etc/credstore")  # where systemd takes it from, for whoever runs us without systemd


class Flaw(StrEnum):
    """What is wrong with credentials."""

    SEVERAL = "several of them"
    EMPTY = "empty"
    UNREADABLE = "cannot be read"
    NOT_TEXT = "not text"
    EMPTY_FILE = "the file is empty"


class CredentialsError(ValueError):
    """Credentials that cannot be used; the message is for programs, the application has its own for people.

    `key`: of the configuration, empty where the caller knows it. `path`: the file that it names; empty for one of
    `SECRETS` itself, and for a secret that is `(kept)`. `detail`: what the system says, or which kinds are given.
    """

    def __init__(self, words: str, flaw: Flaw, *, key: str = "", path: str = "", detail: str = "") -> None:
        super().__init__(words)
        self.flaw = flaw
        self.key = key
        self.path = path
        self.detail = detail


class _Unreadable(Exception):
    def __init__(self, flaw: Flaw, detail: str = "") -> None:
        super().__init__(detail or flaw.value)
        self.flaw = flaw
        self.detail = detail


class Credentials(msgspec.Struct, frozen=True):
    """What we authorise with: its kind (PIN, password, token) and the secret, which `repr` does not show."""

    kind: str
    secret: str

    def __repr__(self) -> str:
        return f"Credentials(kind={self.kind!r})"


class TerminalConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Address, credentials and behaviour.

    At most one of `pin`, `password`, `token` and the same with `_file`; none of them means a terminal without
    protection. A file `credential:NAME` is the credential NAME of the service (systemd.exec(5), LoadCredential=), and
    the secret `(kept)` is what the credential `offhook.pin`, `offhook.password` or `offhook.token` says. The ports are
    used where the terminal does not report its own. Times are in seconds.
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
            known, both = ", ".join(SECRETS), " and ".join(given)
            raise CredentialsError(
                f"only one of {known} may be given, not {both}", Flaw.SEVERAL, key=known, detail=both
            )
        empty = [name for name in given if not getattr(self, name)]
        if empty:
            words = f"`{empty[0]}` is empty; leave it out for a terminal without protection"
            raise CredentialsError(words, Flaw.EMPTY, key=empty[0])

    def __repr__(self) -> str:
        return f"TerminalConfig(host={self.host!r}, web_port={self.web_port}, role={self.role!r})"


def read_credentials(config: TerminalConfig, store: Path = CREDENTIAL_STORE) -> Credentials | None:
    """Returns the configured credentials, read from the file if one is named; None means without protection.

    `store`: where credentials are that systemd does not hand to us. Raises `CredentialsError` naming key and path when
    that file cannot be read or is empty.
    """
    for name, kind in (("pin", "PIN"), ("password", "password"), ("token", "token")):
        secret = getattr(config, name)
        path = getattr(config, f"{name}_file")
        if path is not None:
            secret = secret_in(f"{name}_file", path, store)
        if secret == KEPT:
            secret = _kept(name, store)
        if secret is not None:
            return Credentials(kind, secret)
    return None


def kept(name: str, store: Path = CREDENTIAL_STORE) -> str:
    """Returns the secret `offhook.NAME`, taken out of the configuration. Raises `CredentialsError` if there is none."""
    try:  # nothing but the end of its line is taken off: what was in quotes may have had spaces around it
        return _read(place(f"{CREDENTIAL}offhook.{name}", store), "\r\n")
    except _Unreadable as error:
        words = f"{KEPT!r}, but this machine keeps none ({error}); expected the secret itself"
        raise CredentialsError(words, error.flaw, detail=error.detail) from None


def place(path: str, store: Path = CREDENTIAL_STORE) -> Path:
    """Returns the path of the file that the configuration names; `credential:NAME`: see `TerminalConfig`."""
    if not path.startswith(CREDENTIAL):
        return Path(path)
    return Path(os.environ.get("CREDENTIALS_DIRECTORY", store), path.removeprefix(CREDENTIAL))


def _kept(name: str, store: Path) -> str:
    try:
        return kept(name, store)
    except CredentialsError as error:
        raise CredentialsError(f"{name} = {error}", error.flaw, key=name, detail=error.detail) from None


def secret_in(key: str, path: str, store: Path = CREDENTIAL_STORE) -> str:
    """Returns the secret in the file that `key` of the configuration names. Raises `CredentialsError`."""
    try:
        return _read(place(path, store))
    except _Unreadable as error:
        words = f"{key} = {path!r}: {error}"
        raise CredentialsError(words, error.flaw, key=key, path=path, detail=error.detail) from None


def _read(path: Path, ends: str | None = None) -> str:
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise _Unreadable(Flaw.UNREADABLE, "not a file")  # a FIFO or a device may never end
        with path.open() as file:
            secret = file.read(_LARGEST).strip(ends)
    except OSError as error:
        raise _Unreadable(Flaw.UNREADABLE, str(error.strerror)) from None
    except ValueError:  # bytes that are not text, and a path with a NUL
        raise _Unreadable(Flaw.NOT_TEXT) from None
    if not secret:
        raise _Unreadable(Flaw.EMPTY_FILE)
    return secret
