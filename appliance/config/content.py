"""The bytes of a configuration as text."""

import codecs
import errno
import os
import select
import time
from pathlib import Path

from appliance.config.toml import Mistake
from appliance.language.text import Text
from appliance.runtime.files import read_file

LARGEST_FILE = 256 * 1024  # bytes; a configuration is a page or two, and what follows is not read

PIPE_TIME = 2.0  # seconds for all that comes from a pipe


class Undecodable(Exception):
    """Bytes that are no text of ours; `mistake` says where and why."""

    def __init__(self, mistake: Mistake) -> None:
        self.mistake = mistake
        super().__init__(str(mistake.message))


def read_content(path: Path) -> bytes:
    """Returns the bytes of a file, at most one more than it may have. Raises `Undecodable` where it cannot be read."""
    try:
        return _from_pipe(path) if path.is_fifo() else read_file(path, LARGEST_FILE + 1, follow=True)
    except OSError as error:
        raise Undecodable(Mistake(1, "", Text("mistake.cannot_be_read", words=str(error.strerror)))) from None


def _from_pipe(path: Path) -> bytes:
    """Returns what comes from a pipe, for `offhook check <(…)` and `/dev/stdin`, in bounded time."""
    deadline = time.monotonic() + PIPE_TIME
    with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb", buffering=0) as pipe:  # noqa: PTH123  # as in read_file
        content = b""
        while len(content) <= LARGEST_FILE:
            if not select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise TimeoutError(errno.ETIMEDOUT, f"nothing came from this pipe for {PIPE_TIME:g} s")
            if not (part := pipe.read(LARGEST_FILE)):
                break
            content += part
        return content


def decoded(content: bytes) -> str:
    """The text of a file, without the mark that some editors put in front. Raises `Undecodable`."""
    if len(content) > LARGEST_FILE:
        raise Undecodable(Mistake(1, "", Text("mistake.too_large", bytes=LARGEST_FILE)))
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Undecodable(Mistake(1, "", Text("mistake.utf16")))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 + error.object.count(b"\n", 0, error.start)
        byte = f"{error.object[error.start]:#04x}"
        wrong = Text("mistake.not_utf8_byte", byte=byte, words=error.reason)
        raise Undecodable(Mistake(line, "", wrong)) from None
