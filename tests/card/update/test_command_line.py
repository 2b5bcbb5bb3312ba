"""`offhook update` as an administrator types it: what it says, and its exit codes."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from appliance.card.update.confirm import Confirmation
from appliance.card.update.state import State, changed
from appliance.cli.main import main
from appliance.language.text import Text
from appliance.room.update import Update, UpdatePhase, said
from tests.card.update.conftest import Card, needs_openssl, needs_rauc

pytestmark = [needs_openssl]


def offhook(card: Card, *words: str) -> Result:
    return CliRunner().invoke(main, ["update", *words, "--root", str(card.root)])


def test_a_new_card_has_a_version_and_no_more(card: Card) -> None:
    done = offhook(card, "status")
    assert (done.exit_code, len(done.output.splitlines())) == (0, 1)
    assert done.output.startswith("version     ")


def test_it_says_what_is_on_its_way_and_why_something_came_back(card: Card) -> None:
    back = Text("update.came_back", version="9.1.0", back="0.1.0", why=Text("update.why.ready"))
    told = Update("0.1.0", "9.2.0", UpdatePhase.OFFERED, said(back), failed=True)
    card.kept.save(changed(State(), told=told, bad={"9.1.0": 1}))
    lines = offhook(card, "status").output.splitlines()
    assert lines[1:] == [
        "offered     9.2.0",
        "last        Version 9.1.0 did not stay, 0.1.0 is back: the service did not become ready",
        "not again   9.1.0 (failed 1 times); `offhook update install` tries it all the same",
    ]


@pytest.mark.parametrize("words", [("check",), ("install",)])
def test_without_a_repository_it_says_what_is_missing(card: Card, words: tuple[str, ...]) -> None:
    done = offhook(card, *words)
    assert done.exit_code == 1
    assert "expected `url` in [update]" in done.output


def test_any_other_machine_is_told_its_own_road(card: Card) -> None:
    (card.root / "etc/rauc/system.conf").unlink()
    done = offhook(card, "install")
    assert done.exit_code == 2
    assert "expected `apt install offhook` here, or a card flashed anew" in done.output


@pytest.mark.parametrize(
    ("compatible", "refused"),
    [("raspberrypi,5-model-b\0brcm,bcm2712\0", True), ("raspberrypi,4-model-b\0brcm,bcm2711\0", False)],
)
def test_a_pi_5_has_one_slot_and_says_so(card: Card, compatible: str, refused: bool) -> None:
    card.write("proc/device-tree/compatible", compatible)
    card.write("proc/device-tree/model", "Raspberry Pi 5 Model B Rev 1.0\0")
    done = offhook(card, "check")
    assert (done.exit_code == 2) is refused
    assert ("one slot on a Raspberry Pi 5 Model B Rev 1.0; expected `offhook backup`" in done.output) is refused


def test_a_card_without_keys_says_so(card: Card) -> None:
    (card.root / "usr/share/offhook/update/keyring.pem").unlink()
    assert "expected one built with KEYRING=FILE" in offhook(card, "check").output


@pytest.mark.parametrize(
    ("missing", "judged"),
    [("", True), ("usr/share/offhook/update/keyring.pem", True), ("etc/rauc/system.conf", False)],
)
def test_every_start_that_a_loader_counts_is_judged(
    card: Card, monkeypatch: pytest.MonkeyPatch, missing: str, judged: bool
) -> None:
    asked: list[Confirmation] = []

    async def run(confirmation: Confirmation) -> bool:
        asked.append(confirmation)
        return True

    monkeypatch.setattr(Confirmation, "run", run)
    if missing:
        (card.root / missing).unlink()
    assert offhook(card, "confirm").exit_code == 0
    assert bool(asked) is judged


def test_nobody_counts_the_starts_of_a_pi_5(card: Card) -> None:
    card.write("proc/device-tree/compatible", "raspberrypi,5-model-b\0brcm,bcm2712\0")
    assert offhook(card, "confirm").exit_code == 0
    assert card.calls() == []


@needs_rauc
@pytest.mark.parametrize("kind", ["forged", "foreign", "old"])
def test_a_bundle_that_cannot_be_is_refused_with_the_reason(card: Card, bundles: Mapping[str, Path], kind: str) -> None:
    done = offhook(card, "install", str(bundles[kind]))
    assert done.exit_code == 1
    assert done.output.splitlines()[-1].startswith("offhook: ")
    assert card.calls() == []


def test_a_repository_that_cannot_be_reached_is_code_3(card: Card) -> None:
    card.write(
        "etc/offhook/room.toml", '[room]\nname = "N"\n[terminal]\nhost = "t"\n[update]\nurl = "http://[::1]:9/"\n'
    )
    done = offhook(card, "check")
    assert done.exit_code == 3
    assert "it cannot be fetched" in done.output


def test_what_the_firmware_asks_for_is_taken_once(card: Card) -> None:
    asked = card.write("var/lib/offhook/update.asked", '{"wish": "install", "id": "1"}')
    done = offhook(card, "run")
    assert done.exit_code == 3, done.output  # no repository: nothing can be reached
    assert not asked.exists()


@pytest.mark.parametrize("content", ["", "{}", '{"wish": "downgrade"}', '{"wish": ["install"]}', "x" * 5000])
def test_anything_else_is_left_alone(card: Card, content: str) -> None:
    asked = card.write("var/lib/offhook/update.asked", content)
    assert offhook(card, "run").exit_code == 0
    assert not asked.exists()
    assert card.calls() == []
