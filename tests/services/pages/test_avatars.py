"""Pictures of people: fetched once, made small, and nothing but pictures."""

import io

import pytest
import trio
from PIL import Image

from appliance.services.pages.avatars import AGAIN, AT_ONCE, GOOD_FOR, MOST, SIZE, Avatars
from appliance.services.pages.shrunk import MOST as MOST_PIXELS
from appliance.terminal.http import HttpError

ANNA = "anna@example.org"


def picture(width: int = 400, height: int = 200, kind: str = "PNG") -> bytes:
    with io.BytesIO() as written:
        Image.new("RGB", (width, height), (200, 30, 60)).save(written, kind)
        return written.getvalue()


class Terminal:
    """Has a picture of everybody, or `sends` for each."""

    def __init__(self, sends: bytes | None = None) -> None:
        self.sends = picture() if sends is None else sends
        self.asked: list[str] = []
        self.most_at_once = self._now = 0

    async def fetch(self, peer_id: str) -> bytes:
        self.asked.append(peer_id)
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        await trio.sleep(1)
        self._now -= 1
        if not self.sends:
            raise HttpError("nothing there")
        return self.sends


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
async def test_one_is_made_small_and_written_anew(autojump_clock: object, kind: str) -> None:
    got = await Avatars(Terminal(picture(kind=kind)).fetch).of(ANNA)
    assert got is not None
    with Image.open(io.BytesIO(got)) as shown:
        assert (shown.format, shown.size) == ("JPEG", (SIZE[0], SIZE[1] // 2))


@pytest.mark.parametrize(
    "sends",
    [b"<svg/>", b"GIF89a", picture()[:60], picture(kind="GIF"), picture(1, MOST_PIXELS + 1), picture(1, 1, "BMP")],
    ids=["drawn", "a head", "half", "another kind", "a bomb", "a third kind"],
)
async def test_what_is_no_picture_that_is_expected_is_none(autojump_clock: object, sends: bytes) -> None:
    assert await Avatars(Terminal(sends).fetch).of(ANNA) is None


async def test_somebody_is_asked_for_once_whoever_wants_it_and_again_later(autojump_clock: object) -> None:
    terminal = Terminal()
    avatars = Avatars(terminal.fetch)
    async with trio.open_nursery() as nursery:
        for _ in range(10):
            nursery.start_soon(avatars.of, ANNA)
    assert len(terminal.asked) <= AT_ONCE
    terminal.asked.clear()
    await avatars.of(f"{ANNA.upper()}/2")
    assert terminal.asked == []
    await trio.sleep(GOOD_FOR + 1)
    await avatars.of(ANNA)
    assert terminal.asked == [ANNA]


async def test_who_has_none_is_asked_for_again_sooner(autojump_clock: object) -> None:
    terminal = Terminal(b"")
    avatars = Avatars(terminal.fetch)
    assert [await avatars.of(ANNA), await avatars.of(ANNA)] == [None, None]
    assert len(terminal.asked) == 1
    await trio.sleep(AGAIN + 1)
    terminal.sends = picture()
    assert await avatars.of(ANNA) is not None


async def test_many_are_fetched_few_at_a_time_and_the_last_are_kept(autojump_clock: object) -> None:
    terminal = Terminal()
    avatars = Avatars(terminal.fetch)
    async with trio.open_nursery() as nursery:
        for number in range(MOST + 10):
            nursery.start_soon(avatars.of, f"{number}@example.org")
    assert terminal.most_at_once == AT_ONCE
    assert len(avatars._kept) == MOST
