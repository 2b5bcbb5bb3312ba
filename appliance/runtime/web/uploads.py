"""Files that somebody sends: larger than any other body, not read before somebody has decided to, and bounded.

All other bodies are small and are read whole before a page is asked (`guard`). A file is not: the page decides from the
head alone whether whoever sends it may, and then reads it in pieces. Its length has to be told in the head, so that one
that is too large is refused before a byte of it is read; what arrives is counted all the same, and has its time.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple, TypeAlias

import trio
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive

FILE: Final = "application/octet-stream"
CLOSES: Final = {"Connection": "close"}  # nobody reads the rest


class Upload(NamedTuple):
    """What may be sent to a path. `largest`: bytes. `within`: seconds for all of it."""

    largest: int
    within: float


Large: TypeAlias = Mapping[str, int | Upload]
"""What may be sent, by the paths to which it is sent: so many bytes of JSON, or a file."""


def unfit(headers: Headers, upload: Upload) -> HTTPException | None:
    """Returns why a request brings no file that may be sent; None where it does. A plain form cannot send one."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != FILE:
        return HTTPException(415, f"Content-Type is `{kind}`; expected {FILE}", {**CLOSES, "Accept-Post": FILE})
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        return HTTPException(411, "the length of the file is not told; expected Content-Length", CLOSES)
    if len(length) > 18 or int(length) > upload.largest:
        return too_large(upload)
    return None


def too_large(upload: Upload) -> HTTPException:
    """Returns the refusal of a file that is too large."""
    return HTTPException(413, f"the file is too large; expected at most {upload.largest} bytes", CLOSES)


def counted(receive: Receive, upload: Upload) -> Receive:
    """Returns a `receive` that raises `HTTPException` where more comes than may, or not in time."""
    ends, left = trio.current_time() + upload.within, upload.largest

    async def receiving() -> Message:
        nonlocal left
        with trio.move_on_at(ends):
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise too_large(upload)
            return message
        raise HTTPException(408, f"the file did not arrive within {upload.within:g} s", CLOSES)

    return receiving
