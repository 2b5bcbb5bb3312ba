"""The support bundle: one ZIP with what helps to find a fault from afar, and nothing secret.

What goes in is taken in the event loop, where it does not change meanwhile, and is small: the ring of the log, the last
of the audit, figures. Everything that takes long happens in `made`, which is for a thread: reading files, taking
secrets out, compressing. It is made in memory, of which every part has its limit, so that a full disk does not matter.
"""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final

import msgspec

from appliance.maintain.hidden import Scrubber

LARGEST: Final = 1024 * 1024  # bytes of a part; what is more is cut off at the front: the newest is at the end
CHUNK: Final = 64 * 1024  # bytes of an answer at once
CONTENTS: Final = "contents.txt"
CUT: Final = b"(cut)\n"
FIRST: Final = datetime(1980, 1, 1)  # noqa: DTZ001  # ZIP has neither zones nor anything before


class Contents(msgspec.Struct, frozen=True):
    """`texts` by the names of their files; `pictures`, which no secret can be taken out of, likewise.

    `missing`: why a file is not there, by its name. `secrets`: what is to be taken out of every text; called in the
    thread, since it reads files.
    """

    texts: Mapping[str, str | Callable[[], str]]
    pictures: Mapping[str, Callable[[], bytes]]
    secrets: Callable[[], Iterable[str]]
    missing: Mapping[str, str] = {}
    at: datetime | None = None


def made(contents: Contents) -> bytes:
    """Returns the ZIP. Blocks."""
    scrub, packed = Scrubber(contents.secrets()), io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, text in contents.texts.items():
            whole = text if isinstance(text, str) else text()
            _add(bundle, name, scrub.text(whole).encode(errors="replace"), contents.at)
        for name, picture in contents.pictures.items():
            _add(bundle, name, picture(), contents.at)
        _add(bundle, CONTENTS, scrub.text(_table(bundle, contents.missing)).encode(), contents.at)
    return packed.getvalue()


def _table(bundle: zipfile.ZipFile, missing: Mapping[str, str]) -> str:
    """Returns the table of contents: each file with its size, and what is not there with the reason."""
    there = [f"{info.filename:20} {info.file_size:9,} bytes\n" for info in bundle.infolist()]
    return "".join((*there, *(f"{name:20}   missing: {why}\n" for name, why in missing.items())))


def json_text(value: object) -> str:
    """Returns a value as JSON that people can read."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"


def _add(bundle: zipfile.ZipFile, name: str, content: bytes, at: datetime | None) -> None:
    when = FIRST if at is None else max(at.replace(tzinfo=None), FIRST)
    info = zipfile.ZipInfo(name, when.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    if len(content) > LARGEST:
        content = CUT + content[-LARGEST:]
    with bundle.open(info, "w") as part:
        for begin in range(0, len(content), CHUNK):
            part.write(content[begin : begin + CHUNK])
