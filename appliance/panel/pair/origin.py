"""Where phones reach the pages: what a QR code may say."""

import ipaddress
from typing import Final

from appliance.panel.config import PanelConfig
from appliance.runtime.web.listen import Listen, parse_listen

PAGE: Final = "/pair"
_HTTPS: Final = 443


def origin(config: PanelConfig, own: str) -> str:
    """Returns the origin at which other devices reach the pages, `https://HOST[:PORT]`; empty where they cannot.

    They do over HTTPS alone. HOST is the first of `names`, since certificates are for names; else the address that the
    pages listen on; and where that is every address, `own`: the box's address, empty while it has none.
    """
    listen = parse_listen(config.listen)
    if not config.invites or not listen.port:
        return ""
    host = config.names[0].rstrip(".") if config.names else own if _is_every(listen.host) else listen.host
    place = str(Listen(host, listen.port)).removesuffix(f":{_HTTPS}")
    return f"https://{place}" if host else ""


def _is_every(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False
