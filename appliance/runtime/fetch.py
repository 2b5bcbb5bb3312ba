"""What the box fetches over HTTPS: bounded in time and size, through a proxy where there is one, never in clear text.

The library is imported with the first request: most boxes fetch nothing while they run.
"""

import ssl
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, aclosing
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec
import trio

from appliance.runtime.direct import is_direct

if TYPE_CHECKING:
    import httpx2

LARGEST = 2**20  # bytes of a body that is kept in memory
_DIGITS = 20  # of a length that anybody has
_REDIRECTS = 6  # with the first question
_CONNECTING = 15.0  # seconds, at most

Sink = Callable[[bytes], Awaitable[object]]
Begin = Callable[["Answer"], Awaitable[object]]
"""Is told the head of a 200 or 206, with an empty body, before the first chunk goes to the sink."""


class FetchError(Exception):
    """Nothing usable came: the message says from which server and why. It has no path, no query and no password."""


class Way(msgspec.Struct, frozen=True):
    """How servers are reached, and who we are to them.

    `proxy`: `http://[USER:PASSWORD@]HOST:PORT`, used but for the names in `no_proxy`, each with what is below it,
    and the networks in it.
    `authorities`: a PEM file whose certificates are trusted beside the system's. `only`: the one certificate (DER) that
    is trusted, whatever name it has. `certificate`, `key`: PEM files of ours, for servers that want to know who asks.
    """

    proxy: str | None = None
    no_proxy: tuple[str, ...] = ()
    authorities: Path | None = None
    certificate: Path | None = None
    key: Path | None = None
    only: bytes | None = None

    def __repr__(self) -> str:
        return f"Way(proxy={'…' if self.proxy else None}, authorities={self.authorities})"

    def proxy_to(self, host: str) -> str | None:
        """The proxy for a host; None where it is asked directly, as this machine always is."""
        return None if is_direct(host, self.no_proxy) else self.proxy


class Answer(msgspec.Struct, frozen=True):
    """What a server said; header names are in lower case. `body` is empty where it went to a sink."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Ask(msgspec.Struct, frozen=True):
    """What is asked beside the address."""

    method: str = "GET"
    headers: Mapping[str, str] = {}
    body: bytes = b""
    user: tuple[str, str] | None = None  # name and password

    def __repr__(self) -> str:
        return f"Ask({self.method})"


async def fetch(
    url: str,
    ask: Ask = Ask(),  # noqa: B008  # frozen
    *,
    within: float,
    way: Way = Way(),  # noqa: B008  # frozen
    largest: int = LARGEST,
    sink: Sink | None = None,
    begin: Begin | None = None,
) -> Answer:
    """Asks for `url`, which is `https://`; `http://` only on this machine. Redirects of a GET are followed.

    The body of a 200 or 206 goes to `sink` in chunks, where there is one, its head before them to `begin`. Raises
    `FetchError` when nothing usable arrives: within `within` seconds altogether, with a sink when there is no progress
    for as long; and when the body has more than `largest` bytes, or is shorter than the server said.
    """
    where = where_of(url)
    with trio.CancelScope(deadline=trio.current_time() + within) as limit:
        return await _Exchange(url, ask, way, largest, sink, begin, limit, within).run()
    raise FetchError(f"{where}: no answer within {within:g} s; expected a server that can be reached from this network")


def where_of(url: str, *, plain: bool = False) -> str:
    """The server of an address, for people. Raises `FetchError` where it is none that may be asked.

    `plain`: http:// is allowed beyond this machine.
    """
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(f"not an address: {error}; expected https://HOST/PATH") from None
    if not host or parts.scheme not in {"https", "http"}:
        raise FetchError(f"not an address that can be asked: {parts.scheme or 'no scheme'}; expected https://HOST/PATH")
    if parts.scheme == "http" and not (plain or _is_here(host)):
        raise FetchError(f"{host}: not encrypted; expected https:// in place of http://")
    return parts.netloc.rpartition("@")[2]


class _Exchange:
    """One question with the redirects that follow."""

    def __init__(
        self,
        url: str,
        ask: Ask,
        way: Way,
        largest: int,
        sink: Sink | None,
        begin: Begin | None,
        limit: trio.CancelScope,
        within: float,
    ) -> None:
        self._url, self._ask, self._way = url, ask, way
        self._largest, self._sink, self._begin = largest, sink, begin
        self._limit, self._within = limit, within

    async def run(self) -> Answer:
        import httpx2  # noqa: PLC0415  # see the module's docstring

        for _ in range(_REDIRECTS):
            where = where_of(self._url)
            try:
                async with self._client() as client, self._stream(client) as response:
                    if not (response.has_redirect_location and self._ask.method == "GET"):
                        return await self._answer(where, response)
                    self._go_on(str(response.next_request.url) if response.next_request else self._url)
            except (httpx2.HTTPError, httpx2.InvalidURL, ssl.SSLError, OSError) as error:
                raise FetchError(f"{where}: {why(error)}") from error
        raise FetchError(f"{where_of(self._url)}: more than {_REDIRECTS - 1} redirects")

    def _client(self) -> "httpx2.AsyncClient":
        import httpx2  # noqa: PLC0415  # see the module's docstring

        return httpx2.AsyncClient(
            verify=trust(self._way),
            proxy=self._way.proxy_to(urlsplit(self._url).hostname or ""),
            auth=self._ask.user,
            timeout=httpx2.Timeout(None, connect=_CONNECTING),
            trust_env=False,
        )

    def _stream(self, client: "httpx2.AsyncClient") -> AbstractAsyncContextManager["httpx2.Response"]:
        headers = {"User-Agent": "offhook", "Accept-Encoding": "identity", **self._ask.headers}
        return client.stream(self._ask.method, self._url, headers=headers, content=self._ask.body or None)

    def _go_on(self, url: str) -> None:
        """To where a server sent us: what proves who we are stays with the server that it was meant for."""
        if urlsplit(self._url).scheme == "https" and urlsplit(url).scheme != "https":
            raise FetchError(f"{where_of(self._url)}: redirects to an address that is not encrypted")
        if urlsplit(url).netloc != urlsplit(self._url).netloc:
            public = {key: value for key, value in self._ask.headers.items() if key.lower() != "authorization"}
            self._ask = msgspec.structs.replace(self._ask, headers=public, user=None)
        self._url = url

    async def _answer(self, where: str, response: "httpx2.Response") -> Answer:
        to_sink = self._sink if response.status_code in {200, 206} else None
        body, length = bytearray(), 0
        if _length(response.headers.get("content-length", "")) > self._largest:  # before any of it is read
            raise FetchError(f"{where}: more than {self._largest} bytes; expected less")
        if to_sink is not None and self._begin is not None:
            await self._begin(Answer(response.status_code, dict(response.headers), b""))
        async with aclosing(response.aiter_raw()) as chunks:
            async for chunk in chunks:
                length += len(chunk)
                if length > self._largest:
                    raise FetchError(f"{where}: more than {self._largest} bytes; expected less")
                if to_sink is None:
                    body += chunk
                else:
                    await to_sink(chunk)
                    self._limit.deadline = trio.current_time() + self._within
        return Answer(response.status_code, dict(response.headers), bytes(body))


def _length(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < _DIGITS else 0


def trust(way: Way) -> ssl.SSLContext:
    """Returns how TLS is spoken on that way. Reads all of the system's authorities: blocks for tens of milliseconds."""
    context = ssl.create_default_context() if way.only is None else _only(way.only)
    if way.authorities is not None:
        context.load_verify_locations(way.authorities)
    if way.certificate is not None:
        context.load_cert_chain(way.certificate, way.key)
    return context


def _only(certificate: bytes) -> ssl.SSLContext:
    """Returns what takes this certificate and no other; that its authority is not known is no matter."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.load_verify_locations(cadata=certificate)
    return context


def why(error: BaseException) -> str:
    """Returns the words of an error, or of what caused it: the library's own are sometimes empty."""
    cause: BaseException | None = error
    while cause is not None:
        if str(cause):
            return str(cause)
        cause = cause.__cause__ or cause.__context__
    return type(error).__name__


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
