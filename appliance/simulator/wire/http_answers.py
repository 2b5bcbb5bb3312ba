"""The answers of the terminal's HTTP server: avatars, frames and files by either form of address, and uploads."""

import mimetypes
import re
from email.message import Message
from urllib.parse import parse_qs, quote, unquote, urlsplit

import msgspec

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.machine.http_service import AT_ONCE
from appliance.simulator.model.terminal import Terminal
from appliance.simulator.wire.pictures import avatar, frame, scene

UPLOAD_LIMIT = 16 * 1024 * 1024  # bytes, even if the terminal's own setting allows more
TYPES = ("avatars", "frames", "files")


class HttpRequest(msgspec.Struct, frozen=True):
    """A request; `target` is that of its first line."""

    method: str
    target: str
    content_type: str = ""
    body: bytes = b""


class HttpAnswer(msgspec.Struct, frozen=True):
    """An answer."""

    status: int
    body: bytes = b""
    content_type: str = "application/json"
    headers: dict[str, str] = {}


class _Fail(Exception):
    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.answer = HttpAnswer(status, msgspec.json.encode({"error": text}))


def upload_limit(terminal: Terminal) -> int:
    """Returns how many bytes an upload may have."""
    limit = terminal.http.values[AT_ONCE]
    return UPLOAD_LIMIT if limit < 0 else min(limit, UPLOAD_LIMIT)


def answer_http(terminal: Terminal, request: HttpRequest) -> HttpAnswer:
    """Returns the answer to one request; never raises for anything that a client sends."""
    try:
        return _answer(terminal, request)
    except _Fail as failure:
        return failure.answer


def too_large(terminal: Terminal) -> HttpAnswer:
    """Returns the answer to a body that is longer than the terminal accepts."""
    return _Fail(413, f"the file is too large; expected at most {upload_limit(terminal)} bytes").answer


def _answer(terminal: Terminal, request: HttpRequest) -> HttpAnswer:
    url = urlsplit(request.target)
    query = {name: values[-1] for name, values in parse_qs(url.query).items()}
    kind, _, rest = url.path.removeprefix("/").partition("/")
    if request.method == "OPTIONS":
        return HttpAnswer(204)
    if kind == terminal.transfers.pin and not rest:
        return HttpAnswer(200, msgspec.json.encode(terminal.files.describe()))
    if kind not in TYPES:
        raise _Fail(404, f"nothing at {url.path}; expected /{'/, /'.join(TYPES)}/")
    name = unquote(rest) or query.get("peerId", "") or query.get("fileId", "")
    _check_token(terminal, query.get("token"), needed=not rest or terminal.options.http_token_needed)
    if request.method == "POST" and kind == "files" and not name:
        return _upload(terminal, request)
    if request.method != "GET":
        raise _Fail(405, f"{request.method} is not possible here")
    return _get(terminal, kind, name)


def _check_token(terminal: Terminal, token: str | None, *, needed: bool) -> None:
    if token is None and needed:
        raise _Fail(401, "a token is needed; expected ?token=tokenForHttpServer")
    if token is not None and not terminal.accounts.opens_http(token):
        raise _Fail(403, "the token is not valid (any more); getTokenForHttpServer gives another")


def _get(terminal: Terminal, kind: str, name: str) -> HttpAnswer:
    if kind == "avatars":
        return _avatar(terminal, name)
    if kind == "files":
        return _file(terminal, name)
    shown = scene(terminal, name)
    if shown is None:
        raise _Fail(404, f"no picture of `{name}`")
    return HttpAnswer(200, frame(shown), "image/jpeg", {"Cache-Control": "no-store"})


def _avatar(terminal: Terminal, name: str) -> HttpAnswer:
    peer = terminal.directory.find(name)
    if name.lower() == terminal.options.room_id.lower():
        return HttpAnswer(200, avatar(terminal.options.room_name, 0), "image/png")
    if peer is None:
        raise _Fail(404, f"no peer `{name}`")
    return HttpAnswer(200, avatar(terminal.directory.party(name)["peerDn"], peer.avatar), "image/png")


def _file(terminal: Terminal, name: str) -> HttpAnswer:
    try:
        file = terminal.files.get(name if name.isascii() and name.isdigit() else "0")
    except Refused:
        raise _Fail(404, f"{errors.UNKNOWN_FILE} `{name}`") from None
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    disposition = f"attachment; filename*=UTF-8''{quote(file.name)}"
    return HttpAnswer(200, file.data, kind, {"Content-Disposition": disposition})


def _upload(terminal: Terminal, request: HttpRequest) -> HttpAnswer:
    if len(request.body) > upload_limit(terminal):
        raise _Fail(413, f"the file is too large; expected at most {upload_limit(terminal)} bytes")
    name, data = _field(request, "file")
    stored = terminal.files.add(name, data)
    return HttpAnswer(200, b"{}", headers={"FileId": str(stored.id), "Access-Control-Expose-Headers": "FileId"})


def _field(request: HttpRequest, wanted: str) -> tuple[str, bytes]:
    """Returns file name and content of one field of a multipart form (RFC 7578)."""
    boundary = _header(request.content_type).get_param("boundary")
    if not request.content_type.startswith("multipart/form-data") or not isinstance(boundary, str):
        raise _Fail(415, "expected multipart/form-data with a field `file`")
    for part in re.split(rb"(?:^|\r\n)--" + re.escape(boundary.encode()), request.body)[1:-1]:
        head, _, data = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        disposition = next(
            (line for line in head.split(b"\r\n") if line.lower().startswith(b"content-disposition")), b""
        )
        header = _header(disposition.decode(errors="replace").partition(":")[2].strip())
        if header.get_param("name") == wanted:
            return header.get_filename() or "file", data
    raise _Fail(400, f"no field `{wanted}` in the form")


def _header(value: str) -> Message:
    message = Message()
    message["Content-Type"] = message["Content-Disposition"] = value
    return message
