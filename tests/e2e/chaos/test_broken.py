"""Every assertion of chaos can fail: a box that is broken in one way is found, and by the least that shows it."""

import os
from collections.abc import Iterator

import pytest

from appliance.run.appliance import Appliance
from appliance.simulator.option_types import Generation
from tests.e2e.campaign.report import report
from tests.e2e.campaign.script import Script, Step
from tests.e2e.chaos import broken
from tests.e2e.chaos.growth import left
from tests.e2e.chaos.play import play
from tests.e2e.chaos.script import faults_in, random_chaos
from tests.e2e.chaos.seeds import SEEDS

pytestmark = [pytest.mark.slow, pytest.mark.generations(Generation.BOTH)]

QUIET, SURE_PRESS, DROP = Step("quiet"), Step("sure press"), Step("drop", (), 20.0)
CUT = (QUIET, DROP, Step("same as before"))
CALL = (Step("press", ("call",), 1.0), Step("hang up in time"))
BROKEN: dict[broken.Break, tuple[Script, str]] = {
    broken.press_counts_twice: ((SURE_PRESS,), "what a press on mute sends: the room has ['setMicMute', 'setMicMute']"),
    broken.press_is_lost: ((SURE_PRESS,), "what a press on mute sends: the room has []"),
    broken.hang_up_is_lost: (CALL, "the terminal after a hang-up"),
    broken.lamp_is_false: ((QUIET,), "whether the lamp of mute is lit"),
    broken.glass_is_false: ((QUIET,), "the glass shows another picture"),
    broken.glass_stays_dark: ((QUIET,), "whether the glass is lit"),
    broken.camera_runs_on: ((Step("stops in time", ("let go",)),), "the camera ran on for"),
    broken.reconnect_sends: ((DROP,), "nobody did anything, and {'setMicMute': 1} was sent"),
    broken.mute_is_false: ((QUIET,), "mutes: the room has (True, False, False)"),
    broken.reconnect_forgets: (CUT, "me after the cut: the room has None"),
    broken.device_stays_offline: ((Step("unplug", ("keypad",), 1.0), QUIET), "what is offline"),
    broken.tasks_stay: (CUT, "tasks, and there were"),
}
ROOMS, RUNS = 4, 3


@pytest.mark.parametrize("breaks", BROKEN, ids=lambda breaks: breaks.__name__)
def test_what_is_broken_is_found(monkeypatch: pytest.MonkeyPatch, breaks: broken.Break) -> None:
    script, expected = BROKEN[breaks]
    breaks(monkeypatch)
    failure = play(script)
    assert failure is not None
    assert expected in failure.what
    assert failure.number == len(script) - 1


@pytest.mark.parametrize("script", list(dict.fromkeys(script for script, _ in BROKEN.values())))
def test_a_sound_box_plays_the_same_to_the_end(script: Script) -> None:
    assert play(script) is None


@pytest.fixture
def opened() -> Iterator[list[int]]:
    descriptors = list[int]()
    yield descriptors
    for descriptor in descriptors:
        os.close(descriptor)


def test_descriptors_that_stay_are_found(monkeypatch: pytest.MonkeyPatch, opened: list[int]) -> None:
    broken.descriptors_stay(monkeypatch, opened)
    failure = play(CUT)
    assert failure is not None
    assert "descriptors, and there were" in failure.what


def test_the_least_that_fails_is_told_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    broken.reconnect_sends(monkeypatch)
    script = (Step("plug", ("keypad",)), Step("press", ("mute",), 0.5), Step("glass", (False,), 0.1), DROP, QUIET)
    failure = play(script)
    assert failure is not None
    told = report(script, 0, failure, play, "tests.e2e.chaos")
    assert told.endswith("""\n  ["drop",[],20.0]\nto see it again:\npython -m tests.e2e.chaos '[["drop",[],20.0]]' 0""")


def _rooms_leave() -> str:
    """What the last of some runs of rooms leaves, in words; empty as soon as one leaves next to nothing.

    What is kept grows by every run. Caches fill in the first, and the allocator of a process that has played other
    tests before grows now and then.
    """
    script = random_chaos(1)[:20]
    told = "not played"
    for _ in range(RUNS):
        told = told and _run_leaves(script)
    return told


def _run_leaves(script: Script) -> str:
    before = left()
    for _ in range(ROOMS):
        play(script, 1)
    return left().grown_too_much(before, ROOMS)


def test_rooms_leave_no_memory_behind() -> None:
    assert _rooms_leave() == ""


def test_rooms_that_stay_in_memory_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    broken.rooms_stay(monkeypatch, list[Appliance]())
    assert "objects; expected at most" in _rooms_leave()


def test_continuous_integration_plays_ten_thousand_faults() -> None:
    assert sum(faults_in(random_chaos(seed)) for seed in range(SEEDS)) >= 10_000
