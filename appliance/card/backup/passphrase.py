"""A passphrase from a file, as editors write it."""

import codecs
from pathlib import Path

from appliance.card.backup.refused import Refused
from appliance.language.text import Text
from appliance.runtime.files import read_file

LARGEST = 4096  # bytes


def passphrase_in(path: Path) -> str:
    """Returns the first line of a file, without its end. Raises `Refused` where there is none, and `OSError`."""
    content = read_file(path, LARGEST, follow=True)
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(Text("backup.no_passphrase", path=path.name)) from None
    line = text.partition("\n")[0].rstrip("\r")
    if not line:
        raise Refused(Text("backup.no_passphrase", path=path.name))
    return line
