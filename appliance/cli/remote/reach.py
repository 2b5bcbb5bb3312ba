"""How a box is reached: its address, whom to trust, and the token; and what becomes of a request as an exit code."""

import os
import stat
from collections.abc import Awaitable, Callable, Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

import click

from appliance.cli.options import NO_CONNECTION, REFUSED

if TYPE_CHECKING:
    from appliance.api.client.client import Client

PORTS: Final = {"https": 8443, "http": 8080}  # as the pages of docs/ have them
TOKEN: Final = "OFFHOOK_TOKEN"  # noqa: S105  # the name of the variable
LARGEST: Final = 4096  # characters of a file with a token


class Place(NamedTuple):
    """Where a box is."""

    scheme: str
    host: str
    port: int

    @property
    def base(self) -> str:
        """Its address."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"


class Reach(NamedTuple):
    """Everything that is needed to ask a box. `fingerprint`: of its certificate; empty: authorities vouch for it."""

    place: Place
    token: str | None
    ca: Path | None
    fingerprint: str

    def run(self, work: "Callable[[Client], Awaitable[int]]") -> int:
        """Does something with the box; returns the exit code, and says what went wrong."""
        import trio  # noqa: PLC0415  # see the docstring of appliance.cli.main

        from appliance.api.client.connection import RemoteError, UnreachedError  # noqa: PLC0415  # as above
        from appliance.runtime.error_groups import plain  # noqa: PLC0415  # as above

        code = REFUSED
        try:
            code = trio.run(self._run, work)
        except* UnreachedError as errors:
            click.echo(f"no connection: {plain(errors)}", err=True)
            code = NO_CONNECTION
        except* RemoteError as errors:
            click.echo(f"{self.place.host}: {plain(errors)}", err=True)
        return code

    async def _run(self, work: "Callable[[Client], Awaitable[int]]") -> int:
        from appliance.api.client.client import Client  # noqa: PLC0415  # as above
        from appliance.api.client.trust import pinned  # noqa: PLC0415  # as above
        from appliance.runtime.fetch import Way  # noqa: PLC0415  # as above

        way = Way(authorities=self.ca)
        if self.fingerprint:
            way = await pinned(self.place.host, self.place.port, self.fingerprint)
        return await work(Client(self.place.base, self.token, way))


def place_of(said: str) -> Place:
    """Returns where a box is: `HOST`, `HOST:PORT`, or with `https://` before it. Raises `click.UsageError`.

    Only this machine is asked in plain, where nothing else is said.
    """
    try:
        parts = urlsplit(said if "://" in said else f"//{said}")
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise click.UsageError(f"{said}: {error}; expected HOST or HOST:PORT") from None
    scheme = parts.scheme or ("http" if is_here(host) else "https")
    if not host or parts.path.strip("/") or parts.query or "@" in parts.netloc or scheme not in PORTS:
        raise click.UsageError(f"{said} is not the address of a box; expected HOST, HOST:PORT or https://HOST:PORT")
    if scheme == "http" and not is_here(host):
        raise click.UsageError(f"{said} is not encrypted; expected https:// in place of http://")
    return Place(scheme, host, port or PORTS[scheme])


def is_here(host: str) -> bool:
    """Returns whether this is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def token_of(file: Path | None, environment: Mapping[str, str] = os.environ) -> str | None:
    """Returns the token, from a file that nobody else can read, or from the environment. Raises `click.UsageError`."""
    token = environment.get(TOKEN) if file is None else _in(file)
    if token is None or (token.isascii() and token.isprintable() and token and " " not in token):
        return token
    raise click.UsageError(f"what {file or TOKEN} has is not a token; expected one line of letters and digits")


def _in(file: Path) -> str:
    try:
        with file.open() as opened:
            if stat.S_IMODE(os.fstat(opened.fileno()).st_mode) & 0o077:
                raise click.UsageError(f"others can use {file}; expected a file of your own: chmod 600 {file}")
            return opened.read(LARGEST).strip()
    except (OSError, ValueError) as error:
        raise click.UsageError(f"{file}: {getattr(error, 'strerror', None) or error}") from None
