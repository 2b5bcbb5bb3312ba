"""`proxy`, `proxy_user` and `no_proxy` of `[network]`: by whom the box fetches what is on the internet."""

import ipaddress
import re
from urllib.parse import urlsplit

from appliance.config.network.names import is_host
from appliance.language.text import Text, Unusable

_URL = re.compile(r"http://(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):(\d{1,5})/?", re.ASCII)


def proxy_address(url: str) -> tuple[str, int]:
    """Returns host and port of a proxy. Raises `Unusable`."""
    if "@" in url:
        raise Unusable(Text("mistake.proxy_credentials"), key="proxy")
    found = _URL.fullmatch(url)
    if not found or not 0 < int(found[2]) < 65536 or not _is_host_or_address(found[1].strip("[]")):
        raise Unusable(Text("mistake.proxy", url=url), key="proxy")
    return str(urlsplit(url).hostname), int(found[2])


def no_proxy_entry(text: str) -> str:
    """Returns whom the proxy is not for, in its shortest form: a network, or a domain. Raises `Unusable`."""
    try:
        return str(ipaddress.ip_network(text if "%" not in text else ""))
    except ValueError:
        name = text.removeprefix("*").removeprefix(".").lower()
        if is_host(name) and not re.fullmatch(r"[0-9.]+", name):
            return name
    raise Unusable(Text("mistake.no_proxy", entry=text), key="no_proxy")


def _is_host_or_address(text: str) -> bool:
    if ":" not in text and not re.fullmatch(r"[0-9.]+", text):
        return is_host(text)
    try:
        return not ipaddress.ip_address(text).is_unspecified
    except ValueError:
        return False
