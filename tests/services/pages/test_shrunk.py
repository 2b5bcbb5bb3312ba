"""Pictures from elsewhere, made small and written anew."""

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from appliance.services.pages.shrunk import NoPicture, shrunk

SIZE = (64, 36)


def picture(width: int, height: int, kind: str = "JPEG", mode: str = "RGB") -> bytes:
    with io.BytesIO() as written:
        Image.new(mode, (width, height), 100).save(written, kind)
        return written.getvalue()


def size_of(data: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
        return image.size


@pytest.mark.parametrize(
    ("made", "size"),
    [
        (picture(640, 360), (64, 36)),
        (picture(400, 400), (36, 36)),
        (picture(10, 10), (10, 10)),
        (picture(640, 360, "PNG"), (64, 36)),
        (picture(640, 360, "PNG", "L"), (64, 36)),
        (picture(640, 360, "PNG", "RGBA"), (64, 36)),
        (picture(640, 360, "PNG", "P"), (64, 36)),
    ],
)
def test_it_is_small_and_a_jpeg(made: bytes, size: tuple[int, int]) -> None:
    assert size_of(shrunk(made, SIZE)) == size


def bomb() -> bytes:
    """A PNG of few bytes that says it has 3,600,000,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "data",
    [b"", b"<svg/>", b"GIF89a" + bytes(50), picture(640, 360)[:200], bomb(), picture(5000, 3000, "PNG", "1")],
    ids=["nothing", "svg", "gif", "cut", "bomb", "large"],
)
def test_what_no_camera_sends_is_refused(data: bytes) -> None:
    with pytest.raises(NoPicture):
        shrunk(data, SIZE)


@given(st.integers(0, 600), st.binary(min_size=1, max_size=20))
def test_a_broken_picture_is_refused_or_is_one(at: int, junk: bytes) -> None:
    whole = picture(64, 64)
    broken = whole[:at] + junk + whole[at + len(junk) :]
    try:
        width, height = size_of(shrunk(broken, SIZE))
    except NoPicture:
        return
    assert width <= SIZE[0]
    assert height <= SIZE[1]
