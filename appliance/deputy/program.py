"""The deputy as a process: one connection, which systemd gave it as its standard input, one request, one answer.

Whoever is at the other end may be anybody who has taken over the firmware: they get `PATIENCE` seconds for all that
they send, no more bytes than a request may have, and nothing but an answer, which they take within `TAKEN` seconds.
"""

import socket
import time
from typing import Final

import structlog

from appliance.deputy.answering import answered, understood
from appliance.deputy.outcome import Outcome
from appliance.deputy.place import Place
from appliance.deputy.requests import LONGEST, Request, Restore, line_of

log = structlog.get_logger()

PATIENCE: Final = 30.0  # seconds: a backup of 32 MiB through a local socket takes one
TAKEN: Final = 200.0  # seconds: the firmware hands a backup on as a browser takes it, perhaps over a slow line
_PIECE = 64 << 10  # bytes


class _Gone(Exception):
    """Nobody waits for an answer."""


def serve_one(connection: socket.socket, place: Place) -> None:
    """Reads a request, does it, and answers; what is to be done afterwards is done once the answer has been sent."""
    try:
        outcome = _outcome(_Reader(connection), place)
    except _Gone as error:
        log.warning("nobody_asks", reason=str(error))
        return
    try:
        connection.settimeout(TAKEN)
        connection.sendall(line_of(outcome.answer) + outcome.content)
        connection.shutdown(socket.SHUT_RDWR)
    except OSError as error:  # what was asked for is done all the same
        log.warning("not_answered", reason=str(error))
    if outcome.then is not None:
        outcome.then()


def _outcome(reader: "_Reader", place: Place) -> Outcome:
    request: Request | Outcome = understood(reader.line())
    if isinstance(request, Outcome):
        return request
    return answered(place, request, reader.exactly(request.size) if isinstance(request, Restore) else b"")


class _Reader:
    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._until = time.monotonic() + PATIENCE
        self._read = bytearray()

    def line(self) -> bytes:
        """Returns the first line. Raises `_Gone`."""
        while (end := self._read.find(b"\n")) < 0:
            if len(self._read) > LONGEST:
                raise _Gone(f"a line of more than {LONGEST:,} bytes")
            self._more()
        line = bytes(self._read[:end])
        del self._read[: end + 1]
        return line

    def exactly(self, size: int) -> bytes:
        """Returns so many bytes. Raises `_Gone` where there are fewer."""
        while len(self._read) < size:
            self._more()
        return bytes(self._read[:size])

    def _more(self) -> None:
        left = self._until - time.monotonic()
        try:
            self._connection.settimeout(max(left, 0.001))
            piece = self._connection.recv(_PIECE)
        except OSError as error:
            raise _Gone(str(error)) from None
        if not piece or left <= 0:
            raise _Gone("it ended in the middle of a request" if left > 0 else "it took too long")
        self._read += piece
