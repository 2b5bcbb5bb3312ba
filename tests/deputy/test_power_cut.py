"""The power goes, or the disk is full, at each step of a change: the file is the one before or the new one, whole."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from appliance.deputy import trial
from appliance.deputy.requests import Done, Keep, Return
from appliance.deputy.settling import settle
from appliance.runtime import atomic
from tests.card.test_power_cut import STEPS, Disk, PowerCut
from tests.deputy.conftest import NEW, OLD, Box

HARMLESS = ("close", "fstat")
CUT, FULL = PowerCut(), OSError(28, "No space left on device")


@pytest.fixture(autouse=True)
def nothing_waits_for_this_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


@pytest.fixture(params=["installed", "card"])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Box]:
    def box(name: str) -> Box:
        each = Box(tmp_path / name, card=request.param == "card")
        if request.param == "card":
            (each.place.store / "offhook.pin").write_text("OLD1\n")
        return each

    return box


def failures(
    made: Callable[[str], Box], act: Callable[[Box], object], patch: pytest.MonkeyPatch, failure: BaseException
) -> Iterator[Box]:
    """A box for each step of `act` that can fail, just after it did."""
    for number in range(1, 1000):
        box = made(str(number))
        disk = Disk(number, failure)
        with patch.context() as patched:
            patched.setattr(atomic, "os", disk)  # everything that changes a disk does so through it
            with contextlib.suppress(PowerCut):
                act(box)
        if not disk.reached:
            return
        yield box


def started_again(box: Box) -> None:
    box.machine.restarted()
    settle(box.place)


def applied(box: Box) -> None:
    """As a card does: its secrets go into the store."""
    if box.place.boot is not None:
        box.place.file.write_text(box.text.replace("NEW2", "(kept)"))
        (box.place.store / "offhook.pin").write_text("NEW2\n")


def test_a_change_that_is_cut_short_is_the_one_before_after_the_start(
    made: Callable[[str], Box], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = set()
    for box in failures(made, lambda box: box.configure(NEW), monkeypatch, CUT):
        seen.add(box.text)
        started_again(box)
        assert (box.text, box.left()) == (OLD, set())
    assert seen == {OLD, NEW}


def test_on_a_full_disk_it_is_the_one_before_at_once_or_after_its_minute(
    made: Callable[[str], Box], monkeypatch: pytest.MonkeyPatch
) -> None:
    for box in failures(made, lambda box: box.configure(NEW), monkeypatch, FULL):
        box.machine.later(60)
        box.machine.settle()
        assert (box.text, box.left()) == (OLD, set())


def test_what_was_kept_stays_whenever_the_power_goes(
    made: Callable[[str], Box], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = []

    def on_trial(name: str) -> Box:
        box = made(name)
        box.configure(NEW)
        return box

    for box in failures(on_trial, lambda box: answers.append(box.ask(Keep())), monkeypatch, CUT):
        kept = not box.left()
        started_again(box)
        assert (box.text, box.left()) == (NEW if kept else OLD, set())
    assert answers == [Done()]
    box = on_trial("kept")
    assert box.ask(Keep()) == Done()
    started_again(box)
    assert box.text == NEW


@pytest.mark.parametrize("failure", [CUT, FULL], ids=["power cut", "full disk"])
def test_a_return_that_is_cut_short_is_finished(
    made: Callable[[str], Box], monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    def on_trial(name: str) -> Box:
        box = made(name)
        box.configure(NEW.replace("OLD1", "NEW2"))
        applied(box)
        return box

    for box in failures(on_trial, lambda box: box.ask(Return()), monkeypatch, failure):
        started_again(box)
        assert (box.text, box.left()) == (OLD, set())
        if box.place.boot is not None:
            assert (box.place.store / "offhook.pin").read_text() == "OLD1\n"


def test_a_hundred_cuts_in_two_changes(made: Callable[[str], Box], monkeypatch: pytest.MonkeyPatch) -> None:
    """Change, keep, change, return: whatever was said last stays, and the file is never anything else."""
    texts = [OLD, NEW, NEW.replace("Saturn", "Mars")]

    def changes(box: Box) -> None:
        box.configure(texts[1])
        box.ask(Keep())
        box.configure(texts[2])
        box.ask(Return())
        box.configure(texts[2])
        box.ask(Keep())

    cuts = 0
    for box in failures(made, changes, monkeypatch, CUT):
        cuts += 1
        assert box.text in texts
        started_again(box)
        assert box.text in texts
        assert box.left() == set()
    assert cuts >= 100


def test_every_step_of_ours_that_changes_a_disk_is_among_those_that_fail() -> None:
    for module in (atomic, trial):
        text = Path(str(module.__file__)).read_text()
        called = {name for name in dir(os) if f"os.{name}(" in text}
        assert called - {*STEPS, "fchown", *HARMLESS} == set()
