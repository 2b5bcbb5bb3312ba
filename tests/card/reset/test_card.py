"""A card is reset: once, whole, whenever the power goes, and as if it had just been written."""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.card.backup import forgetting
from appliance.card.reset.card import NO_DATA, Step, step
from appliance.card.reset.wish import ask
from appliance.runtime import atomic
from tests.card.conftest import Box
from tests.card.reset.conftest import everything, initial_file_system, starts
from tests.card.test_power_cut import Disk, PowerCut
from tests.cli.processes import offhook

Made = Callable[[str], Box]


def test_it_is_as_if_it_had_just_been_written(wished: Made, fresh: Made) -> None:
    box = wished("box")
    before = "".join(str(what) for what in everything(box).values())
    assert before.count("PLANTED") >= 7  # else this would test nothing
    assert starts(box) is Step.RESTART
    assert starts(box) is Step.DONE
    assert everything(box) == everything(fresh("new"))
    assert starts(box) is Step.NOTHING


def test_secrets_are_overwritten_before_anything_else_goes(wished: Made) -> None:
    box = wished("box")
    twins = [box.root / "data/etc/credstore/offhook.pin", box.boot / "backup.passphrase", box.boot / "key.pem"]
    twins.append(box.root / "data/etc/wpa_supplicant/wpa_supplicant-wlan0.conf")
    for number, path in enumerate(twins):
        os.link(path, box.boot.parent / f"clusters{number}")
    step(box.root, box.boot)
    for number, path in enumerate(twins):
        content = (box.boot.parent / f"clusters{number}").read_bytes()
        assert content == bytes(len(content)), path
        assert not path.exists()


def test_a_card_without_a_wish_is_left_alone(used: Made) -> None:
    box = used("box")
    before = everything(box)
    assert starts(box) is Step.NOTHING
    assert everything(box) == before


def test_the_command_is_the_same_wish(used: Made, fresh: Made) -> None:
    box = used("box")
    ask(box.boot)
    assert [starts(box), starts(box)] == [Step.RESTART, Step.DONE]
    assert everything(box) == everything(fresh("new"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "failure", [PowerCut(), OSError(5, "Input/output error")], ids=["power cut", "a card that fails once"]
)
def test_whenever_the_power_goes_it_ends_well_and_once(
    wished: Made, fresh: Made, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    new = everything(fresh("new"))
    for number in range(1, 1000):
        box = wished(str(number))
        disk = Disk(number, failure)
        with monkeypatch.context() as patched:
            for module in (atomic, forgetting):
                patched.setattr(module, "os", disk)
            for _ in range(2):
                with contextlib.suppress(PowerCut, OSError):
                    starts(box)
        if not disk.reached:
            assert number > 40, "there are fewer steps than files"
            return
        results = [starts(box) for _ in range(3)]
        assert results[-1] is Step.NOTHING, f"step {number}: {results}"
        assert everything(box) == new, f"step {number}"
        box.apply('[room]\nname = "Neptune"\n[terminal]\nhost = "192.168.1.20"\npin = "NEW"\n')
        assert starts(box) is Step.NOTHING
        assert box.has("etc/credstore/offhook.pin") == "NEW\n"


def test_a_wish_that_comes_back_is_not_a_second_one(wished: Made) -> None:
    """FAT that a power cut left with an older folder shows a file again that was removed."""
    box = wished("box")
    starts(box)
    running = (box.boot / "reset.running").read_bytes()
    initial_file_system(box)
    done = (box.root / "data/reset.done").read_bytes()
    assert step(box.root, box.boot) is Step.DONE
    (box.root / "data/reset.done").write_bytes(done)  # had this gone first, the next line would reset it again
    (box.boot / "reset.running").write_bytes(running)
    kept = box.root / "data/lib/offhook/presets.json"
    kept.parent.mkdir()
    kept.write_text("new")
    assert starts(box) is Step.DONE
    assert kept.read_text() == "new"


def test_the_answer_goes_after_the_wish(wished: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    box = wished("box")
    starts(box)
    removed: list[str] = []
    remove = atomic.remove

    def noted(path: Path) -> bool:
        removed.append(path.name)
        return remove(path)

    monkeypatch.setattr(atomic, "remove", noted)
    assert starts(box) is Step.DONE
    assert removed == ["reset.running", "reset", "reset.done"]


def test_a_wish_that_cannot_be_taken_resets_nothing(wished: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """A card that has become read-only, as worn-out ones do, would be reset at every start."""
    box = wished("box")
    before = everything(box)
    remove = atomic.remove

    def read_only(path: Path) -> bool:
        if path.name.startswith("factory-reset"):
            raise OSError(30, "Read-only file system", str(path))
        return remove(path)

    with monkeypatch.context() as patched:
        patched.setattr(atomic, "remove", read_only)
        for _ in range(2):
            initial_file_system(box)
            with pytest.raises(OSError, match="Read-only"):
                step(box.root, box.boot)
    after = everything(box)
    assert after.pop("/boot/reset.running")
    assert after == before


def test_a_partition_that_is_not_emptied_is_told_once_and_does_not_restart_for_ever(wished: Made) -> None:
    box = wished("box")
    assert step(box.root, box.boot) is Step.RESTART
    code, said, _ = offhook("card", "reset", "--boot", box.boot, "--root", box.root)
    assert code == 2
    assert "the start did not empty its data partition" in said
    assert "did not empty" in (box.boot / "reset.errors.txt").read_text()
    assert starts(box) is Step.NOTHING


def test_without_a_data_partition_there_is_nothing_to_restart_for(wished: Made) -> None:
    box = wished("box")
    (box.root / NO_DATA).parent.mkdir(parents=True)
    (box.root / NO_DATA).touch()
    assert step(box.root, box.boot) is Step.DONE
    assert step(box.root, box.boot) is Step.NOTHING


def test_what_the_starts_say(wished: Made) -> None:
    box = wished("box")
    places = ("--boot", box.boot, "--root", box.root)
    assert offhook("card", "reset", *places)[:2] == (0, "Factory reset: this box restarts, and is empty then.\n")
    initial_file_system(box)
    assert offhook("card", "reset", *places)[:2] == (0, "Factory reset: done.\n")
    assert offhook("card", "reset", *places)[:2] == (0, "")


def test_the_command_asks_first(used: Made) -> None:
    box = used("box")
    places = ("--boot", box.boot, "--root", box.root)
    code, _, said = offhook("reset", *places)
    assert (code, "as from a fresh card" in said) == (1, True)
    assert not (box.boot / "factory-reset").exists()
    assert offhook("reset", "--yes", *places)[0] == 0
    assert (box.boot / "factory-reset").exists()
