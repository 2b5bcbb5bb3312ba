"""By which proxy things on the internet are fetched: the file that the card writes from `[network]`, or none.

Whoever fetches asks `way()` and gives it to `fetch`; programs that fetch by themselves (curl, RAUC) are given
`environment()`. The link to the terminal never goes by a proxy. Authorities of one's own need no mention here: the
card puts them where OpenSSL looks.
"""

import os
from pathlib import Path
from urllib.parse import quote

import msgspec

from appliance.runtime.fetch import Way
from appliance.runtime.files import read_file

PLACE = Path("/etc/offhook/proxy.json")
STORE = Path("/etc/credstore")  # for whoever runs without systemd's credentials
CREDENTIAL = "offhook.proxy"
LARGEST = 64 * 1024  # bytes


class Unreadable(ValueError):
    """A proxy that is configured and cannot be read. To go without it would be to ignore what somebody has said."""


class _File(msgspec.Struct, frozen=True):
    host: str
    port: int
    user: str | None = None
    no_proxy: tuple[str, ...] = ()


def way(place: Path = PLACE, store: Path = STORE) -> Way:
    """Returns how servers on the internet are reached from this box. Blocks for a moment. Raises `Unreadable`.

    `store`: where the credential is for whoever runs without systemd's.
    """
    try:
        said = msgspec.json.decode(read_file(place, LARGEST, follow=True), type=_File)
    except FileNotFoundError:
        return Way()
    except (OSError, ValueError) as error:
        raise Unreadable(f"{place}: {error}") from None
    return Way(proxy=_url(said, store), no_proxy=said.no_proxy)


def environment(place: Path = PLACE, store: Path = STORE) -> dict[str, str]:
    """Returns what programs that fetch by themselves understand, in small letters, as curl has it; as `way`.

    The password is in it: it is for the environment of a program, never for a log.
    """
    found = way(place, store)
    if found.proxy is None:
        return {}
    no_proxy = ",".join(("localhost", "127.0.0.0/8", "::1", *found.no_proxy))
    return {"http_proxy": found.proxy, "https_proxy": found.proxy, "no_proxy": no_proxy}


def _url(said: _File, store: Path) -> str:
    host = f"[{said.host}]" if ":" in said.host else said.host
    who = "" if said.user is None else f"{quote(said.user, safe='')}:{quote(_password(store), safe='')}@"
    return f"http://{who}{host}:{said.port}"


def _password(store: Path) -> str:
    place = Path(os.environ.get("CREDENTIALS_DIRECTORY", store), CREDENTIAL)
    try:
        return read_file(place, LARGEST, follow=False).decode().rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise Unreadable(f"the proxy's password, credential {CREDENTIAL}: {error}") from None
