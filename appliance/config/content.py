"""The bytes of a configuration as text."""

import codecs
from pathlib import Path

from appliance.config.toml import Mistake
from appliance.language.text import Text

LARGEST_FILE = 256 * 1024  # bytes; a configuration is a page or two, and what follows is not read


class Undecodable(Exception):
    """Bytes that are no text of ours; `mistake` says where and why."""

    def __init__(self, mistake: Mistake) -> None:
        self.mistake = mistake
        super().__init__(str(mistake.message))


def read_content(path: Path) -> bytes:
    """Returns the bytes of a file, at most one more than it may have. Raises `Undecodable` where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise Undecodable(Mistake(1, "", Text("mistake.cannot_be_read", words=str(error.strerror)))) from None


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
