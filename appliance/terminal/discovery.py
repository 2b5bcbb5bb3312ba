"""Where a terminal listens: `/public/default/config.json` says so, and it may change at every start."""

import msgspec
import structlog

from appliance.terminal import http

log = structlog.get_logger()

DOCUMENT = "/public/default/config.json"
TIMEOUT = 3.0  # seconds
WS_PORT = 8765
HTTP_PORT = 8766


class Ports(msgspec.Struct, frozen=True):
    """Where the control interface (WebSocket) and the pictures and files (HTTP) are."""

    ws: int
    http: int
    ws_host: str
    http_host: str


async def discover(
    host: str,
    web_port: int,
    *,
    ws_port: int = WS_PORT,
    http_port: int = HTTP_PORT,
    within: float = TIMEOUT,
) -> Ports:
    """Returns what the terminal's document says, else `ws_port` and `http_port` on `host`. Never raises."""
    told = await _document(host, web_port, within)
    ws_host, ws = _place(told, "websocket", host, ws_port)
    http_host, http_at = _place(told, "http", host, http_port)
    return Ports(ws, http_at, ws_host, http_host)


async def _document(host: str, web_port: int, within: float) -> object:
    try:
        response = await http.get(host, web_port, DOCUMENT, within=within)
        if response.status == 200:
            return msgspec.json.decode(response.body)
        log.debug("no_port_document", host=host, status=response.status)
    except (http.HttpError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        log.debug("no_port_document", host=host, reason=str(error))
    return None


def _place(told: object, kind: str, host: str, port: int) -> tuple[str, int]:
    place = _member(_member(told, "config"), kind)
    told_host, told_port = _member(place, "hostname"), _member(place, "port")
    where = told_host if isinstance(told_host, str) and told_host else host
    if isinstance(told_port, int) and not isinstance(told_port, bool) and 1 <= told_port <= 65535:
        return where, told_port
    return where, port


def _member(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, dict) else None
