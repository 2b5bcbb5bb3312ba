"""Where a terminal listens: `/public/default/config.json` says so, and it may change at every start."""

import msgspec
import structlog

from appliance.terminal import http
from appliance.terminal.address import address

log = structlog.get_logger()

DOCUMENT = "/public/default/config.json"
TIMEOUT = 3.0  # seconds
WS_PORT = 8765
HTTP_PORT = 8766


class Ports(msgspec.Struct, frozen=True):
    """Where the control interface (WebSocket) and the pictures and files (HTTP) are.

    `missing`: why the terminal's document did not tell the port of the WebSocket; empty where it did.
    """

    ws: int
    http: int
    ws_host: str
    http_host: str
    missing: str = ""


async def discover(
    host: str,
    web_port: int,
    *,
    ws_port: int = WS_PORT,
    http_port: int = HTTP_PORT,
    within: float = TIMEOUT,
) -> Ports:
    """Returns what the terminal's document says, else `ws_port` and `http_port` on `host`. Never raises."""
    told, missing = await _document(host, web_port, within)
    ws_host, ws = _place(told, "websocket", host)
    http_host, http_at = _place(told, "http", host)
    if ws is None and not missing:
        missing = f"{address(host, web_port)}: it names no port of the WebSocket"
    return Ports(ws or ws_port, http_at or http_port, ws_host, http_host, missing)


async def _document(host: str, web_port: int, within: float) -> tuple[object, str]:
    """Returns the document, or None and why there is none."""
    try:
        response = await http.get(host, web_port, DOCUMENT, within=within)
        if response.status == 200:
            return msgspec.json.decode(response.body), ""
        missing = f"{address(host, web_port)}: HTTP {response.status}"
    except http.HttpError as error:
        missing = str(error)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        missing = f"{address(host, web_port)}: {error}"
    log.debug("no_port_document", host=host, reason=missing)
    return None, missing


def _place(told: object, kind: str, host: str) -> tuple[str, int | None]:
    place = _member(_member(told, "config"), kind)
    told_host, told_port = _member(place, "hostname"), _member(place, "port")
    where = told_host if isinstance(told_host, str) and told_host else host
    if isinstance(told_port, int) and not isinstance(told_port, bool) and 1 <= told_port <= 65535:
        return where, told_port
    return where, None


def _member(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, dict) else None
