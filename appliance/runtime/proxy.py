"""By which proxy something on the internet is fetched: the file that the card writes, or none.

Whoever fetches asks `proxy_for(host)` for each host, and connects to what it returns instead: an https address by
`CONNECT HOST:PORT`, an http address by its whole URL in the request. `authorization` is the value of the header
Proxy-Authorization. Programs that fetch by themselves (curl, RAUC) are given `environment()`. What is on the box, and
the link to the terminal, never go by a proxy.
"""

import base64
import ipaddress
import os
from pathlib import Path
from urllib.parse import quote

import msgspec

from appliance.runtime.files import read_file

PLACE = Path("/etc/offhook/proxy.json")
STORE = Path("/etc/credstore")  # for whoever runs without systemd's credentials
CREDENTIAL = "offhook.proxy"
LARGEST = 64 * 1024  # bytes


class Unreadable(ValueError):
    """A file of the proxy that cannot be used. To go without one would be to ignore what an administrator said."""


class Proxy(msgspec.Struct, frozen=True):
    """Where the proxy is, for whom it is not, and who we are to it."""

    host: str
    port: int
    user: str | None = None
    no_proxy: tuple[str, ...] = ()
    password: str | None = None

    def __repr__(self) -> str:
        return f"Proxy(host={self.host!r}, port={self.port})"

    @property
    def authorization(self) -> str | None:
        """The value of Proxy-Authorization (RFC 7617, UTF-8); None where the proxy wants none."""
        if self.user is None:
            return None
        both = f"{self.user}:{self.password or ''}"
        return f"Basic {base64.b64encode(both.encode()).decode()}"

    @property
    def url(self) -> str:
        """The proxy as one URL, the secret in it: for the environment of a program, never for a log."""
        place = f"[{self.host}]" if ":" in self.host else self.host
        who = "" if self.user is None else f"{quote(self.user, safe='')}:{quote(self.password or '', safe='')}@"
        return f"http://{who}{place}:{self.port}"

    def is_for(self, host: str) -> bool:
        """Whether a host is reached by it: not this machine, and none that `no_proxy` has."""
        name = host.strip("[]").removesuffix(".").lower()
        try:
            address = ipaddress.ip_address(name.partition("%")[0])
        except ValueError:
            mine = name == "localhost" or name.endswith(".localhost")
            return not mine and not any(name == entry or name.endswith(f".{entry}") for entry in self.no_proxy)
        if address.is_loopback or address.is_link_local:
            return False
        return not any(address in network for network in self.networks() if network.version == address.version)

    def networks(self) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
        """The networks that it is not for. Raises `ValueError` where one is none."""
        return [ipaddress.ip_network(entry) for entry in self.no_proxy if "/" in entry]


def proxy_for(host: str, place: Path = PLACE, store: Path = STORE) -> Proxy | None:
    """Returns the proxy by which `host` (a name or an address) is reached; None: directly. Blocks.

    Raises `Unreadable`. `store`: where the credential is for whoever runs without systemd's.
    """
    proxy = read_proxy(place, store)
    return proxy if proxy is not None and proxy.is_for(host) else None


def environment(place: Path = PLACE, store: Path = STORE) -> dict[str, str]:
    """Returns what programs that fetch by themselves understand, in small letters, as curl has it. Blocks; as above."""
    proxy = read_proxy(place, store)
    if proxy is None:
        return {}
    return {
        "http_proxy": proxy.url,
        "https_proxy": proxy.url,
        "no_proxy": ",".join(("localhost", "127.0.0.0/8", "::1", *proxy.no_proxy)),
    }


def read_proxy(place: Path = PLACE, store: Path = STORE) -> Proxy | None:
    """Returns the proxy of this box; None where there is none. Blocks. Raises `Unreadable`."""
    try:
        proxy = msgspec.json.decode(read_file(place, LARGEST, follow=True), type=Proxy)
        proxy.networks()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise Unreadable(f"{place}: {error}") from None
    return proxy if proxy.user is None else msgspec.structs.replace(proxy, password=_password(store))


def _password(store: Path) -> str:
    place = Path(os.environ.get("CREDENTIALS_DIRECTORY", store), CREDENTIAL)
    try:
        return read_file(place, LARGEST, follow=False).decode().rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise Unreadable(f"the proxy's password, credential {CREDENTIAL}: {error}") from None
