"""The power goes, or the disk is full, at each single step of applying a card; afterwards everything comes right."""

import contextlib
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from appliance.runtime import atomic
from tests.card.conftest import KEY, ROOM, Box

STEPS = (
    "open",
    "write",
    "fchmod",
    "fsync",
    "replace",
    "rename",
    "symlink",
    "unlink",
    "rmdir",
    "mkdir",
    "chown",
    "chmod",
)
FORMER = (
    ROOM
    + 'pin = "OLD"\n[network]\naddress = "10.0.0.7/8"\n'
    + '[network.wifi]\nssid = "x"\npassword = "former secret"\ncountry = "RU"\n'
)
NEW = (
    ROOM.replace("Neptune", "Saturn")
    + 'password = "NEWSECRET"  # mine\n[network.wifi]\nssid = "Guests"\npassword = "long enough"\ncountry = "RU"\n'
    + f'[time]\nzone = "Europe/Moscow"\nservers = ["ntp.example.com"]\n[ssh]\nkeys = ["{KEY}"]\n'
    + "[lamps.link]\npin = []\n"
)
SECRETS = {"password": "NEWSECRET", "wifi": "long enough"}
BLANKED = NEW.replace("NEWSECRET", "(kept)").replace("long enough", "(kept)")


class PowerCut(BaseException):
    """Nothing runs after it."""


class Disk:
    """`os`, until at the given step it fails: a step that was begun is half done."""

    def __init__(self, fails_at: int, failure: BaseException) -> None:
        self._left = fails_at
        self._failure = failure
        self.reached = False

    def __getattr__(self, name: str) -> Any:  # whatever `os` has
        function = getattr(os, name)
        return self._step(name, function) if name in STEPS else function

    def _step(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **named: Any) -> Any:  # as above
            self._left -= 1
            if self._left != 0:
                return function(*arguments, **named)
            self.reached = True
            if name == "write":
                function(arguments[0], bytes(arguments[1][: len(arguments[1]) // 2]))
            raise self._failure

        return step


def relative(box: Box) -> dict[str, object]:
    return {path.removeprefix(str(box.boot.parent)): what for path, what in box.all().items()}


@pytest.fixture(autouse=True)
def nothing_waits_for_this_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


@pytest.fixture(params=["a new box", "a box in use"])
def start(request: pytest.FixtureRequest, new_box: Callable[[str], Box]) -> Callable[[str], Box]:
    def made(name: str) -> Box:
        box = new_box(name)
        if request.param == "a box in use":
            assert box.apply(FORMER).mistakes == ()
        box.file.write_text(NEW)
        return box

    return made


def failures(start: Callable[[str], Box], monkeypatch: pytest.MonkeyPatch, failure: BaseException) -> Iterator[Box]:
    """A box for each step that can fail, just after it did."""
    for number in range(1, 1000):
        box = start(str(number))
        disk = Disk(number, failure)
        with monkeypatch.context() as patched:
            patched.setattr(atomic, "os", disk)
            with contextlib.suppress(PowerCut):
                box.apply()
        if not disk.reached:
            assert number > 40, "there are fewer steps than files"
            return
        yield box


def assert_nothing_is_lost(box: Box) -> None:
    text = box.file.read_text()
    blanked = NEW
    for name, secret in SECRETS.items():
        if secret not in text:
            assert box.has(f"etc/credstore/offhook.{name}") == f"{secret}\n"
            blanked = blanked.replace(secret, "(kept)")
    assert text == blanked


@pytest.mark.slow
@pytest.mark.parametrize(
    "failure", [PowerCut(), OSError(28, "No space left on device")], ids=["power cut", "full disk"]
)
def test_nothing_is_lost_and_the_next_time_gives_the_whole(
    start: Callable[[str], Box], monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    whole = start("whole")
    whole.apply()
    assert whole.file.read_text() == BLANKED
    for box in failures(start, monkeypatch, failure):
        assert_nothing_is_lost(box)
        outcome = box.apply()
        assert [mistake.key for mistake in outcome.mistakes] == ["lamps.link.pin"]
        assert relative(box) == relative(whole)


def test_two_names_for_one_file_are_both_left_alone(box: Box) -> None:
    box.apply(NEW)
    twin = box.boot / ".room.toml.new"
    os.link(box.file, twin)  # as FAT has it after a rename that was cut short
    box.file.write_text(NEW)
    box.apply()
    assert box.file.read_text() == BLANKED
    assert twin.read_text() == NEW
