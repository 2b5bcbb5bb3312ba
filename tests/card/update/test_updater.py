"""An update from the bundle to the restart: real bundles, real files, and what RAUC is asked in which order."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
import trio
import trio.testing

from appliance.card.update import download, read_back, settings
from appliance.card.update.command import Failed
from appliance.card.update.plan import Step
from appliance.card.update.service import alone, by_hand, from_stick, scheduled
from appliance.card.update.state import Stage, State, Target
from appliance.card.update.updater import Updater
from appliance.config.update import UpdateConfig
from appliance.language.text import Text
from appliance.room.update import UpdatePhase
from tests.card.update.conftest import Card, needs_openssl, needs_rauc
from tests.card.update.firmware import firmware
from tests.card.update.keys import slot_of

pytestmark = [needs_openssl, needs_rauc]
INSTALLED = ["install", "status mark-active other"]


class Restarted(BaseException):
    """The box restarts: nothing runs after it."""


@pytest.fixture(autouse=True)
def restarts(monkeypatch: pytest.MonkeyPatch) -> None:
    async def restart(_updater: Updater) -> None:
        await trio.lowlevel.checkpoint()
        raise Restarted

    monkeypatch.setattr(Updater, "_restart", restart)


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The slots in which a new version was asked about the configuration: it takes it."""
    devices: list[Path] = []

    async def fits(device: Path) -> None:
        await trio.lowlevel.checkpoint()
        devices.append(device)

    monkeypatch.setattr(settings, "fits", fits)
    return devices


def made(card: Card, running: str = "0.1.0", **config: Any) -> Updater:
    return Updater(card.kept, card.box, UpdateConfig(**config), running)


async def installs(card: Card, what: Path, *, older: bool = False, at_once: bool = False) -> None:
    with pytest.raises(Restarted):
        await by_hand(made(card), UpdateConfig(), str(what), older=older, at_once=at_once)


async def refused(card: Card, what: Path) -> str:
    with pytest.raises(Failed) as caught:
        await by_hand(made(card), UpdateConfig(), str(what), older=False, at_once=False)
    assert card.calls() == []
    assert card.state.target is None
    assert not card.kept.bundle.exists()
    return str(caught.value)


async def test_a_bundle_goes_all_the_way_to_the_restart(
    card: Card, bundles: Mapping[str, Path], asked: list[Path]
) -> None:
    await installs(card, bundles["new"])
    assert card.calls() == INSTALLED
    assert (card.fake / "slot-b").read_bytes() == slot_of("9.2.0")
    assert asked == [card.fake / "slot-b"]
    state = card.state
    assert (state.stage, state.told.phase, state.told.wanted) == (Stage.SWITCHED, UpdatePhase.RESTART, "9.2.0")
    assert state.before is not None
    assert (state.before.slot, state.before.version, state.before.boot) == ("A", "0.1.0", "boot 1")


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("forged", "nobody trusted has signed it"),
        ("truncated", "nobody trusted has signed it"),
        ("changed", "nobody trusted has signed it"),
        ("foreign", "another kind of box, toaster"),
        ("old", "0.0.1 is older than 0.1.0; expected --downgrade"),
    ],
)
async def test_a_bundle_that_should_not_be_installed_touches_no_slot(
    card: Card, bundles: Mapping[str, Path], kind: str, why: str
) -> None:
    assert why in await refused(card, bundles[kind])


async def test_an_older_version_is_installed_where_that_is_asked_for(card: Card, bundles: Mapping[str, Path]) -> None:
    await installs(card, bundles["old"], older=True)
    assert card.calls() == INSTALLED


async def test_what_was_there_before_the_switch_is_remembered(card: Card, bundles: Mapping[str, Path]) -> None:
    async with firmware(card.root, link="up", offline=["keypad"]) as box:
        await installs(card, bundles["new"])
        assert box.looks > 0
    before = card.state.before
    assert before is not None
    assert (before.link, before.offline) == (True, ("keypad",))


async def test_nothing_is_written_during_a_call(card: Card, bundles: Mapping[str, Path]) -> None:
    async with firmware(card.root, busy=True) as box, trio.open_nursery() as nursery:

        async def install() -> None:
            await installs(card, bundles["new"])

        nursery.start_soon(install)
        while card.state.stage is not Stage.VERIFIED:
            await trio.testing.wait_all_tasks_blocked(0.05)
        assert card.calls() == []
        await box.say(busy=False)


async def test_unless_somebody_says_so(card: Card, bundles: Mapping[str, Path]) -> None:
    async with firmware(card.root, busy=True):
        await installs(card, bundles["new"], at_once=True)


async def test_a_slot_that_cannot_be_read_back_is_not_started(
    card: Card, bundles: Mapping[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_back, "sha256", lambda _device, size: hashlib.sha256(bytes(size)).hexdigest())
    with pytest.raises(Failed, match="is not what can be read from it"):
        await by_hand(made(card), UpdateConfig(), str(bundles["new"]), older=False, at_once=False)
    assert card.calls() == ["install"]
    assert card.world["order"] == ["A", "B"]


async def test_a_version_that_refuses_the_configuration_is_not_started_and_stays_for_later(
    card: Card, bundles: Mapping[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuses(_device: Path) -> None:
        await trio.lowlevel.checkpoint()
        raise Failed(Text("update.why.settings", words="room.toml:3: room.colour: unknown key"))

    monkeypatch.setattr(settings, "fits", refuses)
    box = made(card, automatic=True, url="https://u.example.com", window="00:00-23:59")
    download.copy(bundles["new"], card.kept.bundle)
    await box.want(Target("9.2.0"), Stage.FETCHED)
    with pytest.raises(Failed, match=r"it refuses room\.toml: room\.toml:3"):
        await box.go()
    assert card.calls() == ["install"]
    assert (card.state.stage, card.state.told.failed) == (Stage.COMPARED, True)
    assert "Version 9.2.0 was not installed: it refuses room.toml" in str(card.state.told.told)


@pytest.mark.parametrize("fails", ["install", "mark-active"])
async def test_what_rauc_says_of_a_failure_is_said(card: Card, bundles: Mapping[str, Path], fails: str) -> None:
    card.turn(fails=[fails])
    with pytest.raises(Failed, match="it is broken"):
        await by_hand(made(card), UpdateConfig(), str(bundles["new"]), older=False, at_once=False)
    assert card.world["order"] == ["A", "B"]
    assert "it is broken" in str(card.state.told.told)


@pytest.mark.slow
async def test_what_is_cut_short_goes_on_from_its_last_step(card: Card, bundles: Mapping[str, Path]) -> None:
    await installs(card, bundles["new"])
    for stage in (Stage.FETCHED, Stage.VERIFIED, Stage.WRITTEN, Stage.COMPARED, Stage.FITS):
        card.kept.save(msgspec.structs.replace(card.state, stage=stage, before=None))
        (card.fake / "calls").unlink()
        with pytest.raises(Restarted):
            await made(card).go()
        written = stage in (Stage.FETCHED, Stage.VERIFIED)
        assert card.calls() == (INSTALLED if written else INSTALLED[1:])


async def test_a_stick_is_taken_only_where_that_is_said(
    card: Card, bundles: Mapping[str, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "offhook_9.2.0_arm64.raucb").write_bytes(bundles["new"].read_bytes())
    (folder / "offhook_9.1.0_arm64.raucb").write_bytes(b"older")
    (folder / "offhook_10.0.0_arm64.raucb").symlink_to("/etc/hostname")
    (folder / "offhook_old_arm64.raucb").touch()
    assert await from_stick(made(card), folder, installs=False) is Step.NOTHING
    assert (card.state.told.wanted, card.state.told.phase) == ("9.2.0", UpdatePhase.OFFERED)
    assert card.calls() == []
    assert await from_stick(made(card, running="9.2.0"), folder, installs=True) is Step.NOTHING
    with pytest.raises(Restarted):
        await from_stick(made(card), folder, installs=True)
    assert card.calls() == INSTALLED


async def test_while_a_version_is_on_trial_its_judge_has_the_state_alone(
    card: Card, bundles: Mapping[str, Path]
) -> None:
    await installs(card, bundles["new"])
    card.boots("B", 2)
    before = card.state
    config = UpdateConfig(url="https://u.example.com")
    assert await scheduled(made(card, "9.2.0"), config, "install") is Step.TRIAL
    with pytest.raises(Failed, match="is on trial; expected its confirmation first"):
        await by_hand(made(card, "9.2.0"), config, str(bundles["new"]), older=True, at_once=False)
    assert card.state == before


async def test_without_a_repository_there_is_nothing_due(card: Card) -> None:
    assert await scheduled(made(card), UpdateConfig(), None) is Step.NOTHING
    assert card.state == State()
    with pytest.raises(Failed, match=r"expected `url` in \[update\]"):
        await by_hand(made(card), UpdateConfig(), None, older=False, at_once=False)


async def test_an_address_in_clear_text_is_refused(card: Card) -> None:
    with pytest.raises(Failed, match="cannot be used for updates"):
        await by_hand(made(card), UpdateConfig(), "http://u.example.com/x.raucb", older=False, at_once=False)


def test_there_is_one_at_a_time(card: Card) -> None:
    with alone(card.kept.folder), pytest.raises(Failed, match="another update is going on"):
        alone(card.kept.folder).__enter__()
    with alone(card.kept.folder):
        pass
