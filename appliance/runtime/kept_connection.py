"""One server that is told something again and again, over one connection that is kept between two messages.

`fetch` is for whoever asks seldom: it reads the system's authorities and shakes hands each time. Here both are done
once, the first in a thread. What the server answers beside its status is nobody's business: a short body is read, so
that the connection can be used again; with a long one, or one of unknown length, the connection is closed. Redirects
are not followed, and cookies not taken. Importing this module imports the library.
"""

import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Final

import httpx2
import trio

from appliance.runtime.fetch import Answer, FetchError, Way, trust, where_of, why

LARGEST: Final = 64 * 1024  # bytes of an answer that are read
KEPT: Final = 60.0  # seconds for which an idle connection is used again; most servers close it no sooner
_CONNECTING: Final = 10.0  # seconds, at most


class KeptConnection:
    """A server at one address; `where` is its name and port, for people."""

    def __init__(self, client: httpx2.AsyncClient, url: str, where: str) -> None:
        self._client = client
        self._url = url
        self.where = where

    async def post(self, body: bytes, headers: Mapping[str, str], *, within: float) -> Answer:
        """Sends a body and returns the answer, whose own body is empty.

        Raises `FetchError` where there is none within `within` seconds; its words have no path.
        """
        with trio.move_on_after(within):
            try:
                return await self._post(body, headers)
            except (httpx2.HTTPError, httpx2.InvalidURL, ssl.SSLError, OSError) as error:
                raise FetchError(f"{self.where}: {why(error)}") from error
        raise FetchError(f"{self.where}: no answer within {within:g} s")

    async def _post(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        async with self._client.stream("POST", self._url, content=body, headers=dict(headers)) as response:
            if _is_short(response):
                await response.aread()
            return Answer(response.status_code, dict(response.headers), b"")


def _is_short(response: httpx2.Response) -> bool:
    length = "0" if response.status_code == HTTPStatus.NO_CONTENT else response.headers.get("content-length", "")
    return length.isdecimal() and len(length) < 10 and int(length) <= LARGEST


@asynccontextmanager
async def kept_connection(url: str, way: Way, *, plain: bool = False) -> AsyncIterator[KeptConnection]:
    """Opens nothing yet: the first message connects. `plain`: `url` may be http:// beyond this machine.

    Raises `FetchError` where the address is none, and `OSError` where a file of `way` cannot be used.
    """
    where = where_of(url, plain=plain)
    client = await trio.to_thread.run_sync(_client, url, way)  # it takes 40 ms, half of them for imports of its own
    async with client:
        yield KeptConnection(client, url, where)


def _client(url: str, way: Way) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(
        verify=trust(way),
        proxy=way.proxy_to(httpx2.URL(url).host),
        timeout=httpx2.Timeout(None, connect=_CONNECTING),
        limits=httpx2.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=KEPT),
        headers={"User-Agent": "offhook", "Accept-Encoding": "identity"},
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        trust_env=False,
    )
