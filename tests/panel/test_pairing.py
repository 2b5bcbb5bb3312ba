"""Screens are paired by a code on the display, and by nothing else."""

import os
import threading
from pathlib import Path

import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from appliance.access.digests import digest
from appliance.access.kept import FOLDER
from appliance.access.limits import EACH, TOGETHER
from appliance.access.paired import FILE, MOST, Paired, forget_screens
from appliance.language.text import Text
from appliance.panel.pair.pairing import (
    CLOSED,
    DIGITS,
    GOOD_FOR,
    MINUTE,
    SHOWN,
    TRIES,
    WRONG,
    CannotPair,
    Pairing,
    new_code,
)

BOUND = 5.0  # seconds: only a loop that is held lets them pass
HERE, THERE = "192.0.2.7", "192.0.2.8"


class Box:
    """A box's display and clock."""

    def __init__(self) -> None:
        self.code = ""
        self.now = 1000.0
        self.kept = 0
        self.writes: trio.Event | None = None
        self.where = ""
        self.matrix = ""
        self.told = list[Text]()
        self.noted = list[tuple[str, str, str]]()

    def note(self, who: str, what: str, *, by: str = "", about: str = "", soon: bool = False) -> None:
        del by, soon
        self.noted.append((who, what, about))

    def tell(self, text: Text) -> None:
        self.told.append(text)

    def show_code(self, code: str, until: float, where: str = "", matrix: str = "") -> None:
        self.code, self.where, self.matrix = code, where, matrix
        assert until == self.now + GOOD_FOR

    def hide_code(self) -> None:
        self.code = ""

    async def keep(self) -> str:
        if self.writes is not None:
            await self.writes.wait()
        self.kept += 1
        return f"secret {self.kept}"

    def pairing(self, *, has_display: bool = True) -> Pairing:
        return Pairing(self, self.keep, lambda: self.now, self, has_display=has_display)


@pytest.fixture
def box() -> Box:
    return Box()


async def refused(pairing: Pairing, code: str, host: str = HERE) -> str:
    with pytest.raises(CannotPair) as why:
        await pairing.end(code, host)
    return why.value.text.key


def not_begun(pairing: Pairing) -> str:
    with pytest.raises(CannotPair) as why:
        pairing.begin()
    return why.value.text.key


def another(code: str) -> str:
    return f"{(int(code) + 1) % 10**DIGITS:0{DIGITS}}"


async def test_a_code_that_is_read_and_typed(box: Box) -> None:
    pairing = box.pairing()
    assert pairing.begin() == GOOD_FOR
    assert len(box.code) == DIGITS
    assert box.code.isdecimal()
    assert await pairing.end(box.code, HERE) == "secret 1"
    assert box.code == ""


async def test_a_code_is_good_once(box: Box) -> None:
    pairing = box.pairing()
    pairing.begin()
    code = box.code
    await pairing.end(code, HERE)
    assert await refused(pairing, code) == "touch.no_code"
    assert box.kept == 1


async def test_a_code_is_good_once_while_its_secret_is_written(box: Box, nursery: trio.Nursery) -> None:
    pairing, code = invited(box)
    box.writes = trio.Event()
    nursery.start_soon(pairing.end, code, HERE)
    await wait_all_tasks_blocked()
    assert await refused(pairing, code, THERE) == "touch.no_code"
    box.writes.set()
    await wait_all_tasks_blocked()
    assert box.kept == 1


async def test_a_code_is_good_for_a_while(box: Box) -> None:
    pairing = box.pairing()
    pairing.begin()
    code = box.code
    box.now += GOOD_FOR
    assert await refused(pairing, code) == "touch.no_code"
    assert box.code == ""


async def test_after_some_wrong_ones_a_code_is_good_no_longer(box: Box) -> None:
    pairing = box.pairing()
    pairing.begin()
    code = box.code
    for _ in range(TRIES):
        assert await refused(pairing, another(code)) == "touch.wrong_code"
    assert await refused(pairing, code) == "touch.no_code"


@pytest.mark.parametrize("code", ["", "0", "код", "\x00" * 8, "1" * 9])
async def test_what_is_no_code_is_wrong(box: Box, code: str) -> None:
    pairing = box.pairing()
    pairing.begin()
    assert await refused(pairing, code) == "touch.wrong_code"


async def test_before_a_code_there_is_none(box: Box) -> None:
    assert await refused(box.pairing(), "") == "touch.no_code"


async def test_only_the_last_code_is_good(box: Box) -> None:
    pairing = box.pairing()
    pairing.begin()
    first = box.code
    pairing.begin()
    if box.code != first:
        assert await refused(pairing, first) == "touch.wrong_code"


async def test_a_display_does_not_fill_with_codes(box: Box) -> None:
    pairing = box.pairing()
    for _ in range(SHOWN):
        pairing.begin()
    assert not_begun(pairing) == "touch.pair_later"
    box.now += MINUTE
    pairing.begin()


async def test_who_guesses_on_is_kept_waiting(box: Box) -> None:
    pairing = box.pairing()
    wrong = 0
    while wrong < WRONG:
        box.now += MINUTE
        pairing.begin()
        for _ in range(min(TRIES, WRONG - wrong)):
            await refused(pairing, another(box.code), f"192.0.2.{wrong}")
            wrong += 1
    box.now += CLOSED - 1
    assert not_begun(pairing) == "touch.pair_later"
    box.now += 1
    pairing.begin()
    assert await pairing.end(box.code, HERE) == "secret 1"


async def test_without_a_display_nobody_is_paired(box: Box) -> None:
    assert not_begun(box.pairing(has_display=False)) == "touch.no_display"
    assert await refused(box.pairing(has_display=False), "12345678") == "touch.no_code"


async def test_a_paired_screen_is_known_after_a_restart(tmp_path: Path) -> None:
    secret = await Paired(tmp_path).add()
    assert Paired(tmp_path).digests == {digest(secret)}
    assert secret not in (tmp_path / FOLDER / FILE).read_text()


async def test_the_first_is_forgotten_where_there_are_too_many(tmp_path: Path) -> None:
    paired = Paired(tmp_path)
    every = [await paired.add() for _ in range(MOST + 1)]
    assert Paired(tmp_path).digests == {digest(secret) for secret in every[1:]}


@pytest.mark.parametrize("content", [b"", b"{", b'{"a": 1}', b"[1]", b"\xff", b"[" + b'"x",' * 100_000])
async def test_a_file_that_cannot_be_read_costs_pairing_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / FILE).write_bytes(content)
    paired = Paired(tmp_path)
    assert paired.digests == frozenset()
    secret = await paired.add()
    assert Paired(tmp_path).digests == {digest(secret)}


async def test_screens_of_an_older_version_stay_paired(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(f'["{digest("old")}"]')
    paired = Paired(tmp_path)
    assert paired.digests == {digest("old")}
    secret = await paired.add()
    assert Paired(tmp_path).digests == {digest("old"), digest(secret)}
    forget_screens(tmp_path)
    assert Paired(tmp_path).digests == frozenset()


async def test_a_slow_card_holds_nobody_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Flushing waits until the loop has gone on, which it could not do if it were held."""
    paired, flushes, went_on = Paired(tmp_path), trio.Event(), threading.Event()
    token = trio.lowlevel.current_trio_token()
    waited = list[bool]()

    def slow(_descriptor: int) -> None:
        token.run_sync_soon(flushes.set)
        waited.append(went_on.wait(BOUND))

    monkeypatch.setattr(os, "fsync", slow)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(paired.add)
        await flushes.wait()
        assert paired.digests == frozenset()  # not before it is kept
        went_on.set()
    assert len(paired.digests) == 1
    assert waited
    assert all(waited)


async def test_two_at_once_are_both_kept(tmp_path: Path) -> None:
    paired = Paired(tmp_path)
    async with trio.open_nursery() as both:
        both.start_soon(paired.add)
        both.start_soon(paired.add)
    assert len(paired.digests) == 2
    assert Paired(tmp_path).digests == paired.digests


async def test_screens_that_were_forgotten_do_not_come_back_with_the_next(tmp_path: Path) -> None:
    paired = Paired(tmp_path)
    await paired.add()
    forget_screens(tmp_path)  # and nobody has looked since
    secret = await paired.add()
    assert paired.digests == Paired(tmp_path).digests == {digest(secret)}


async def test_a_folder_that_cannot_be_written_costs_only_the_memory(tmp_path: Path) -> None:
    paired = Paired(tmp_path / "nowhere" / "else")
    secret = await paired.add()
    assert paired.digests == {digest(secret)}


async def test_without_a_folder_they_last_until_the_end() -> None:
    paired = Paired(None)
    every = [await paired.add() for _ in range(3)]
    await paired.look()
    assert paired.digests == {digest(secret) for secret in every}


def invited(box: Box) -> tuple[Pairing, str]:
    pairing, code = box.pairing(), new_code()
    pairing.invite(code, "https://room.example.com/pair", "10\n01")
    return pairing, code


async def test_a_phone_is_invited_once(box: Box) -> None:
    pairing, code = invited(box)
    assert (box.code, box.where, box.matrix) == (code, "https://room.example.com/pair", "10\n01")
    assert await pairing.end(code, HERE) == "secret 1"
    assert box.code == ""
    assert await refused(pairing, code) == "touch.no_code"
    assert box.told == [Text("notice.paired", where=HERE)]
    assert box.noted == [("box", "invited", ""), (f"panel {digest('secret 1')[:8]}", "paired", HERE)]


async def test_an_invitation_is_good_for_two_minutes(box: Box) -> None:
    pairing, code = invited(box)
    box.now += GOOD_FOR
    assert await refused(pairing, code) == "touch.no_code"
    assert box.kept == 0


async def test_who_guesses_an_invitation_waits_and_it_stays_good_for_the_phone(box: Box) -> None:
    pairing, code = invited(box)
    answers = [await refused(pairing, another(code)) for _ in range(60)]
    assert answers == ["touch.wrong_code"] * EACH.free + ["touch.pair_later"] * (60 - EACH.free)
    assert await refused(pairing, code) == "touch.pair_later"  # the right one, too: nothing is compared
    assert box.noted == [("box", "invited", ""), ("", "code_guessed", HERE)]
    box.now += EACH.first - 1
    with pytest.raises(CannotPair) as why:
        await pairing.end(code, HERE)
    assert why.value.wait == 1
    assert await pairing.end(code, THERE) == "secret 1"


async def test_sixty_addresses_that_guess_get_nowhere(box: Box) -> None:
    pairing, code = invited(box)
    answers = [await refused(pairing, another(code), f"198.51.100.{number}") for number in range(60)]
    assert answers.count("touch.wrong_code") == TOGETHER.free
    assert box.code == code


async def test_an_invitation_ends_the_pauses_before_it(box: Box) -> None:
    pairing, code = invited(box)
    for _ in range(60):
        await refused(pairing, another(code))
    again = new_code()
    pairing.invite(again, "", "")
    assert await pairing.end(again, HERE) == "secret 1"


async def test_a_screen_that_asks_takes_no_invitation_away(box: Box) -> None:
    pairing, code = invited(box)
    assert not_begun(pairing) == "touch.pair_later"
    assert box.code == code
    box.now += GOOD_FOR
    pairing.begin()
    assert (box.where, box.matrix) == ("", "")


def test_codes_are_not_alike() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) > 190
    assert all(len(code) == DIGITS and code.isdecimal() for code in codes)
