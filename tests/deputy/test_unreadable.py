"""A note of a trial that the disk has spoilt: the box returns all the same, and no unit fails over and over."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from appliance.deputy.requests import Done, Keep, Return
from appliance.deputy.settling import settle
from appliance.deputy.trial import COPY, RETURNING, TRIAL
from tests.deputy.conftest import NEW, OLD, Box

Spoil = Callable[[Path], object]


def garbage(path: Path) -> None:
    path.write_bytes(b"\0" * 4096)


def nothing(path: Path) -> None:
    path.write_bytes(b"")


def link(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


SPOILT = pytest.mark.parametrize("spoil", [garbage, nothing, link])


def on_trial(box: Box) -> None:
    assert box.configure(NEW) == Done()
    assert box.text == NEW


def given_up(box: Box) -> None:
    """On the way back, as after a power cut just then."""
    on_trial(box)
    (box.place.state / TRIAL).rename(box.place.state / RETURNING)


@SPOILT
def test_what_returns_is_known_twice(box: Box, spoil: Spoil) -> None:
    given_up(box)
    spoil(box.place.state / RETURNING)
    with capture_logs() as logged:
        settle(box.place)
    assert (box.text, list(box.place.state.glob("*.json")), (box.place.state / COPY).exists()) == (OLD, [], False)
    assert [each["event"] for each in logged] == ["trial_not_read", "configuration_returned"]
    assert box.configure(NEW) == Done()  # and another can be tried


@SPOILT
def test_a_trial_that_nobody_can_read_returns(box: Box, spoil: Spoil) -> None:
    on_trial(box)
    spoil(box.place.state / TRIAL)
    settle(box.place)  # the timer, or the next start
    assert (box.text, box.left()) == (OLD, set())


def test_nobody_keeps_a_trial_that_nobody_can_read_and_everybody_can_end_it(box: Box) -> None:
    on_trial(box)
    garbage(box.place.state / TRIAL)
    assert box.ask(Keep()) != Done()
    assert box.ask(Return()) == Done()
    assert (box.text, box.left()) == (OLD, set())


def test_it_returns_before_another_begins(box: Box) -> None:
    on_trial(box)
    garbage(box.place.state / TRIAL)
    assert box.configure(NEW.replace("Saturn", "Mars")) != Done()
    assert box.text == OLD
    assert box.configure(NEW.replace("Saturn", "Mars")) == Done()


@SPOILT
def test_spoilt_twice_it_is_put_aside_in_words_and_the_box_can_be_changed(box: Box, spoil: Spoil) -> None:
    given_up(box)
    spoil(box.place.state / RETURNING)
    spoil(box.place.state / COPY)
    with capture_logs() as logged:
        settle(box.place)  # and raises nothing: its unit would begin again and again
    (said,) = [each for each in logged if each["log_level"] == "error"]
    assert said["event"] == "configuration_cannot_return"
    assert "in force stays" in said["do"]
    assert (box.text, box.left()) == (NEW, set())
    assert os.path.lexists(box.place.state / f"{RETURNING}.unreadable")
    assert box.configure(OLD) == Done()


def test_a_folder_in_its_place_fails_once_and_not_for_ever(box: Box) -> None:
    given_up(box)
    (box.place.state / RETURNING).unlink()
    (box.place.state / RETURNING).mkdir()
    settle(box.place)
    assert (box.text, box.left()) == (OLD, set())


def test_a_copy_of_a_trial_before_decides_nothing(box: Box) -> None:
    on_trial(box)
    before = (box.place.state / COPY).read_bytes()
    assert box.ask(Keep()) == Done()
    assert not (box.place.state / COPY).exists()
    (box.place.state / COPY).write_bytes(before)  # as when the power went just then
    settle(box.place)
    assert (box.text, (box.place.state / COPY).exists()) == (NEW, False)


def test_what_could_not_be_read_again_is_not_begun(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appliance.deputy.trial.LARGEST", 100)
    assert box.configure(NEW) != Done()
    assert (box.text, box.left()) == (OLD, set())
