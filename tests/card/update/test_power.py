"""The power goes at each single step of an update; afterwards the box starts, and comes to the new version by itself.

The loader, RAUC and the slots are values here, so that every write of every file can be cut in two. Whatever is cut:
the box never starts a slot that is not whole and checked, and it ends in the new version, confirmed, or, where that
does not work, in the former one with the reason.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import trio

from appliance.card.update import confirm, rauc, read_back, settings
from appliance.card.update.box import Box
from appliance.card.update.confirm import Confirmation
from appliance.card.update.rauc import Bundle, Slots
from appliance.card.update.state import Kept, Stage, Target
from appliance.card.update.updater import Updater
from appliance.config.update import UpdateConfig
from appliance.language.text import NOTHING, Text
from appliance.runtime import atomic

STEPS = ("open", "write", "fchmod", "fsync", "replace", "unlink", "chmod")
TRIES = 3
WHOLE, HALF, OLD = "9.2.0", "half of 9.2.0", "0.1.0"


class PowerCut(BaseException):
    """Nothing runs after it."""


class Power:
    """Counts steps, and goes at one of them."""

    def __init__(self, goes_at: int) -> None:
        self._left = goes_at
        self.gone = False

    def step(self) -> None:
        self._left -= 1
        if self._left == 0:
            self.gone = True
            raise PowerCut


class Disk:
    """`os`, with a step of the power in front of each of its own; a write that is cut is half done."""

    def __init__(self, power: Power) -> None:
        self._power = power

    def __getattr__(self, name: str) -> Any:
        function = getattr(os, name)
        return self._step(name, function) if name in STEPS else function

    def _step(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **named: Any) -> Any:
            try:
                self._power.step()
            except PowerCut:
                if name == "write":
                    function(arguments[0], bytes(arguments[1][: len(arguments[1]) // 2]))
                raise
            return function(*arguments, **named)

        return step


class Machine:
    """A box with two slots, and its loader. `works`: whether the new version does."""

    def __init__(self, root: Path, power: Power, *, works: bool) -> None:
        self.root = root
        self.kept = Kept(root / "state")
        self.kept.folder.mkdir(parents=True)
        self.kept.bundle.write_bytes(b"bundle")
        (root / "proc/sys/kernel/random").mkdir(parents=True)
        self.power = power
        self.works = works
        self.slots = {"A": OLD, "B": "nothing"}
        self.order = ["A", "B"]
        self.left = {"A": TRIES, "B": 0}
        self.booted = "A"
        self.starts = 0
        self.checked: set[str] = set()
        self.asks = False

    def start(self) -> None:
        """What the loader does: counts down, and starts the first slot with tries left."""
        self.starts += 1
        (self.root / "proc/sys/kernel/random/boot_id").write_text(f"boot {self.starts}")
        if not any(self.left.values()):
            self.left = dict.fromkeys(self.left, TRIES)
        self.booted = next(slot for slot in self.order if self.left[slot])
        self.left[self.booted] -= 1
        assert self.slots[self.booted] in (OLD, WHOLE), f"it started {self.slots[self.booted]}"

    @property
    def running(self) -> str:
        return self.slots[self.booted]

    @property
    def other(self) -> str:
        return "B" if self.booted == "A" else "A"

    async def status(self) -> Slots:
        await trio.lowlevel.checkpoint()
        primary = next((slot for slot in self.order if self.left[slot]), self.booted)
        return Slots(self.booted, self.other, Path(self.other), primary)

    async def info(self, _bundle: Path) -> Bundle:
        await trio.lowlevel.checkpoint()
        assert self.kept.bundle.exists()
        return Bundle(WHOLE, "offhook-card-arm64", 1, WHOLE)

    async def install(self, _bundle: Path) -> None:
        await trio.lowlevel.checkpoint()
        self.power.step()
        self.left[self.other] = 0
        self.checked.clear()
        self.slots[self.other] = HALF
        self.power.step()
        self.slots[self.other] = WHOLE
        self.power.step()

    async def mark(self, state: str, _slot: str) -> None:
        await trio.lowlevel.checkpoint()
        self.power.step()
        if state == "active":
            assert self.checked == {"read back", "configuration"}, "it was not checked before the switch"
            self.order, self.left[self.other] = [self.other, self.booted], TRIES
        else:
            self.left[self.booted] = TRIES
        self.power.step()

    def sha256(self, device: Path, _size: int) -> str:
        self.checked.add("read back")
        return self.slots[str(device)]

    async def fits(self, _device: Path) -> None:
        await trio.lowlevel.checkpoint()
        self.power.step()
        self.checked.add("configuration")

    async def judged(self, *_arguments: object) -> Text:
        await trio.lowlevel.checkpoint()
        self.power.step()
        return NOTHING if self.works or self.running == OLD else Text("update.why.ready")

    async def life(self) -> None:
        """What the units do between two starts; ends in a restart, a cut, or with nothing left to do."""
        config = UpdateConfig()
        await Confirmation(self.kept, Box(self.root), None, self.running).run()
        updater = Updater(self.kept, Box(self.root), config, self.running)
        if not self.asks:
            await updater.want(Target(WHOLE, by_hand=True), Stage.FETCHED)
            self.asks = True
        await updater.go()


class Restarted(BaseException):
    """The box restarts."""


async def restarted(*_arguments: object) -> None:
    await trio.lowlevel.checkpoint()
    raise Restarted


def wired(machine: Machine, patch: pytest.MonkeyPatch) -> None:
    """Puts the machine in the place of programs, and the power in front of every step of a file."""
    for name in ("status", "info", "install", "mark"):
        patch.setattr(rauc, name, getattr(machine, name))
    patch.setattr(read_back, "sha256", machine.sha256)
    patch.setattr(settings, "fits", machine.fits)
    patch.setattr(confirm, "judged", machine.judged)
    patch.setattr(confirm, "run", restarted)
    patch.setattr(Updater, "_restart", restarted)
    patch.setattr(atomic, "os", Disk(machine.power))


async def lived(machine: Machine) -> None:
    """Lives until the box has nothing to do any more."""
    while machine.starts < 20:
        machine.start()
        try:
            await machine.life()
        except (PowerCut, Restarted):
            continue
        return
    raise AssertionError("it starts again and again")


async def cut_at_each_step(
    folder: Path, patch: pytest.MonkeyPatch, after: Callable[[Machine], object], *, works: bool
) -> int:
    """Plays an update once for each step that there is, and cuts the power there; returns how many there were."""
    for number in range(1, 2000):
        machine = Machine(folder / str(number), Power(number), works=works)
        with patch.context() as patched:
            wired(machine, patched)
            await lived(machine)
        after(machine)
        if not machine.power.gone:
            return number
    raise AssertionError("it never ends")


@pytest.mark.slow
async def test_it_ends_in_the_new_version_whenever_the_power_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def after(machine: Machine) -> None:
        assert machine.running == WHOLE
        assert machine.left[machine.booted] == TRIES, "it was not confirmed"
        state = machine.kept.load()
        assert state.target is None
        assert str(state.told.told) == "Version 9.2.0 is installed"

    assert await cut_at_each_step(tmp_path, monkeypatch, after, works=True) > 60


@pytest.mark.slow
async def test_it_ends_in_the_former_version_with_the_reason_whenever_the_power_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def after(machine: Machine) -> None:
        assert machine.running == OLD
        assert machine.left[machine.booted] == TRIES, "it was not confirmed"
        state = machine.kept.load()
        assert state.target is None
        assert state.bad == {WHOLE: 1}
        assert "Version 9.2.0 did not stay, 0.1.0 is back: " in str(state.told.told)

    assert await cut_at_each_step(tmp_path, monkeypatch, after, works=False) > 60
