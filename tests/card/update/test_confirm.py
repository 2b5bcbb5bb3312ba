"""What becomes of a start: confirmed, given up with the reason, or found to be the way back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
import trio
from trio.testing import MockClock

from appliance.card.update import confirm, rauc
from appliance.card.update.confirm import Confirmation
from appliance.card.update.rauc import Slots
from appliance.card.update.state import Before, Stage, State, Target
from appliance.card.update.watch import PATIENCE
from appliance.config.load import parse
from appliance.config.schema import Config
from appliance.room.update import Update, UpdatePhase
from tests.card.update.conftest import Card
from tests.card.update.firmware import firmware
from tests.virtual_time import real

SWITCHED = State(
    target=Target("9.2.0"),
    stage=Stage.SWITCHED,
    before=Before("A", "0.1.0", "boot 1", link=True),
    told=Update("0.1.0", "9.2.0", UpdatePhase.RESTART),
)
GOOD = ["status mark-good booted"]


def config(host: str = "192.0.2.1", port: int = 80) -> Config:
    return parse(f'[room]\nname = "N"\n[terminal]\nhost = "{host}"\nweb_port = {port}\n', Path("room.toml"), None)


@pytest.fixture
def clock(autojump_clock: MockClock) -> MockClock:
    """Jumps only once sockets and files had the time to answer."""
    autojump_clock.autojump_threshold = real(0.1)
    return autojump_clock


@pytest.fixture(autouse=True)
def programs(card: Card, monkeypatch: pytest.MonkeyPatch) -> None:
    """RAUC and systemd as functions: a program takes real time, in which virtual hours pass."""
    other = {"A": "B", "B": "A"}

    async def status() -> Slots:
        await trio.lowlevel.checkpoint()
        booted = card.world["booted"]
        return Slots(booted, other[booted], Path(other[booted]), booted)

    async def mark(state: str, slot: str) -> None:
        await trio.lowlevel.checkpoint()
        with (card.fake / "calls").open("a") as calls:
            calls.write(f"status mark-{state} {slot}\n")

    async def run(command: tuple[str, ...], _within: float) -> str:
        await trio.lowlevel.checkpoint()
        with (card.fake / "systemctl").open("a") as said:
            said.write(" ".join(command[1:]) + "\n")
        return (card.fake / "exit").read_text() if (card.fake / "exit").exists() else ""

    monkeypatch.setattr(rauc, "status", status)
    monkeypatch.setattr(rauc, "mark", mark)
    monkeypatch.setattr(confirm, "run", run)


@pytest.fixture
def silent_terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Says whether the terminal's address answers: no test may depend on what is in this network."""

    def answers(whether: bool) -> None:
        async def listens(_host: str, _port: int) -> bool:
            await trio.lowlevel.checkpoint()
            return whether

        monkeypatch.setattr("appliance.card.update.confirm.listens", listens)

    return answers


async def judge(card: Card, running: str = "9.2.0", room: Config | None = None) -> bool:
    return await Confirmation(card.kept, card.box, room or config(), running).run()


def restarts(card: Card) -> int:
    said = card.fake / "systemctl"
    return said.read_text().splitlines().count("reboot") if said.exists() else 0


@pytest.fixture
def trial(card: Card) -> Card:
    card.kept.save(SWITCHED)
    card.kept.bundle.write_bytes(b"bundle")
    card.boots("B", 2)
    return card


async def test_a_version_that_works_stays(trial: Card, clock: MockClock) -> None:
    async with firmware(trial.root) as box:
        assert await judge(trial)
        assert box.looks > 1
    assert trial.calls() == GOOD
    assert (trial.state.target, str(trial.state.told.told)) == (None, "Version 9.2.0 is installed")
    assert trial.state.told.phase is UpdatePhase.IDLE
    assert not trial.kept.bundle.exists()
    assert restarts(trial) == 0


async def test_while_it_is_watched_that_is_shown(trial: Card, clock: MockClock) -> None:
    async with firmware(trial.root), trio.open_nursery() as nursery:
        nursery.start_soon(judge, trial)
        await trio.sleep(60)
        assert trial.state.told == Update("9.2.0", "9.2.0", UpdatePhase.TRIAL)
        assert trial.calls() == []


async def test_it_is_watched_for_as_long_as_the_configuration_says(trial: Card, clock: MockClock) -> None:
    text = '[room]\nname = "N"\n[terminal]\nhost = "t"\n[update]\nconfirm_after = 20\n'
    async with firmware(trial.root):
        begun = trio.current_time()
        assert await judge(trial, room=parse(text, Path("room.toml"), None))
        assert trio.current_time() - begun == pytest.approx(1200, abs=10)


@pytest.mark.parametrize(
    ("says", "answers", "why"),
    [
        ({"link": "down"}, True, "the terminal answers, and there is no session with it"),
        ({"link": "down", "offline": ["display", "link"]}, False, "out of order since: display"),
    ],
)
async def test_one_that_does_not_is_given_up_with_the_reason(
    trial: Card,
    clock: MockClock,
    silent_terminal: Callable[[bool], None],
    says: dict[str, Any],
    answers: bool,
    why: str,
) -> None:
    silent_terminal(answers)
    async with firmware(trial.root, **says):
        begun = trio.current_time()
        assert not await judge(trial)
        assert trio.current_time() - begun == pytest.approx(PATIENCE, abs=40)
    assert trial.calls() == []
    assert restarts(trial) == 1
    assert (trial.state.stage, trial.state.trials) == (Stage.SWITCHED, 1)
    assert trial.state.why is not None
    assert str(trial.state.why.text()) == why


async def test_an_absent_terminal_is_no_fault_of_the_version(
    trial: Card, clock: MockClock, silent_terminal: Callable[[bool], None]
) -> None:
    silent_terminal(False)
    async with firmware(trial.root, link="down", offline=["link"]):
        assert await judge(trial)
    assert trial.calls() == GOOD


@pytest.mark.slow
async def test_a_firmware_that_never_runs_is_given_up(trial: Card, autojump_clock: MockClock) -> None:
    autojump_clock.autojump_threshold = real(0.02)
    assert not await judge(trial)
    assert restarts(trial) == 1
    assert trial.state.why is not None
    assert str(trial.state.why.text()) == "the service did not become ready"


async def test_the_former_version_says_why_the_new_one_did_not_stay(trial: Card, clock: MockClock) -> None:
    silent = msgspec.structs.replace(SWITCHED, trials=3, boot="boot 4")
    trial.kept.save(silent)
    trial.boots("A", 5)
    async with firmware(trial.root):
        assert await judge(trial, "0.1.0")
    assert trial.calls() == GOOD
    assert (trial.state.target, trial.state.bad) == (None, {"9.2.0": 1})
    assert str(trial.state.told.told) == "Version 9.2.0 did not stay, 0.1.0 is back: it did not start"
    assert trial.state.told.failed


@pytest.mark.parametrize("link", ["up", "down", "refused"])
async def test_any_other_start_is_confirmed_when_the_firmware_runs(card: Card, clock: MockClock, link: str) -> None:
    async with firmware(card.root, link=link):
        assert await judge(card, "0.1.0")
    assert card.calls() == GOOD
    assert card.state.told.installed == "0.1.0"


@pytest.mark.slow
@pytest.mark.parametrize(("code", "good"), [("2", True), ("1", False), ("0", False)])
async def test_a_start_without_a_firmware_is_confirmed_only_if_the_configuration_is_to_blame(
    card: Card, autojump_clock: MockClock, code: str, good: bool
) -> None:
    autojump_clock.autojump_threshold = real(0.02)
    (card.fake / "exit").write_text(f"{code}\n")
    assert await judge(card, "0.1.0") is good
    assert card.calls() == (GOOD if good else [])
    assert restarts(card) == 0


async def test_a_disk_that_is_full_keeps_no_start_from_being_confirmed(
    card: Card, clock: MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_state: State) -> None:
        raise OSError(28, "No space left on device")

    confirmation = Confirmation(card.kept, card.box, config(), "0.1.0")
    monkeypatch.setattr(confirmation._kept, "save", full)
    async with firmware(card.root):
        assert await confirmation.run()
    assert card.calls() == GOOD
