"""`offhook devices keys`: what it prints can be pasted, and what it records is replayed."""

import io
import re
from pathlib import Path

import pytest
import trio
from trio.testing import MockClock

from appliance.cli.devices.key_table import Piece, lines_of, rows
from appliance.cli.devices.keys import STEPS, header_of, learn
from appliance.config.load import parse
from appliance.room.actions import parse as action
from drivers.keypad.config import KeypadConfig
from drivers.keypad.found import Found
from drivers.keypad.keys import SYMBOLS
from drivers.keypad.learning.learner import Learned, Step
from drivers.keypad.learning.raw import RawKey
from drivers.keypad.learning.recording import Header, NodeHeader, read
from drivers.keypad.learning.replay import replayed
from drivers.keypad.nodes import Node
from tests.cli.hardware_test.benches import ROOM
from tests.cli.processes import offhook
from tests.drivers.keypad.learning.scripted_nodes import CALC, F1, Nodes, press
from tests.drivers.keypad.learning.test_learner import FOLDER, Person

HEADER = Header(name="pad", origin="recorded", nodes=[NodeHeader("pad"), NodeHeader("pad consumer")])


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.meaning)
def test_every_step_asks_for_what_a_key_may_mean(step: Step) -> None:
    if step.meaning not in SYMBOLS:
        action(step.meaning)  # ActionError: it is none


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.jsonl")), ids=lambda path: path.stem)
def test_what_a_recording_teaches_is_a_configuration(path: Path) -> None:
    code, out, err = offhook("devices", "keys", "--replay", path, "--name", "front desk")
    assert (code, err) == (0, "")
    piece = out.partition("For room.toml")[2].partition("\n\n")[2]
    config = parse(ROOM + piece, Path("room.toml"))
    (pad,) = config.keypads.values()
    assert pad.device == read(path.read_text()).header.product


def test_what_the_driver_knows_already_is_not_written() -> None:
    _, out, _ = offhook("devices", "keys", "--replay", FOLDER / "macro-pad.jsonl")
    assert "# *: KEY_8+KEY_LEFTSHIFT by itself" in out
    assert '"KEY_C+KEY_LEFTCTRL" = "call"' in out
    assert "# hang_up: one press sends KEY_C, KEY_V; such a key cannot be bound" in out
    _, out, _ = offhook("devices", "keys", "--replay", FOLDER / "numpad-with-calculator.jsonl")
    assert "# call: KEY_KPENTER by itself" in out
    assert re.search(r"KEY_CALC +140 +0c:0192 +SIGMACHIP USB Keyboard Consumer Control +nothing yet", out)


def test_a_key_has_one_meaning() -> None:
    key = RawKey(0, 59, 0x7003A)
    learned = [Learned(Step(meaning, "?"), [key], "KEY_F1") for meaning in ("call", "mute")]
    written = list(lines_of(Piece("desk", "05f3:00ff", learned)))
    assert written[-2:] == ['"KEY_F1" = "call"  # HID usage 07:003a', "# mute: KEY_F1 is call already"]


@pytest.mark.parametrize("device", ['a "quoted" name', "a\\b", "tab\there", "Клавиатура", "x\u2028y\x7f"])
def test_a_device_may_call_itself_anything(device: str) -> None:
    written = "\n".join(lines_of(Piece("desk", device, [])))
    assert parse(ROOM + written, Path("room.toml")).keypads["desk"].device == device


def test_no_keys_need_no_table() -> None:
    assert rows([], HEADER) == []


async def test_a_session_is_recorded_and_the_replay_teaches_the_same(autojump_clock: MockClock) -> None:
    nodes, file = Nodes("pad", "pad consumer"), io.StringIO()
    steps = (Step("mute", "Press mute"), Step("call", "Press call"))
    acts = (None, (1, press(CALC), press(CALC, down=0)), None, None, None, None, "enter")
    learned = await learn(HEADER, KeypadConfig(), Person(nodes, *acts), file, nodes.open, steps)
    assert [each.name for each in learned] == ["KEY_CALC", ""]
    seen = replayed(read(file.getvalue()), steps)
    assert [each.name for each in seen.learned] == ["KEY_CALC", ""]
    assert nodes.grabs == [True], "somebody else heard the keys"


async def test_what_was_recorded_before_an_interruption_is_kept(autojump_clock: MockClock) -> None:
    nodes, file = Nodes("pad"), io.StringIO()
    with trio.move_on_after(1):
        await learn(HEADER, KeypadConfig(), Person(nodes, None, (0, press(F1))), file, nodes.open)
    assert read(file.getvalue()).lines


def test_the_header_has_nodes_keys_and_descriptors(tmp_path: Path) -> None:
    interface = tmp_path / "1-1:1.0" / "0003:05F3:00FF.0001"
    interface.mkdir(parents=True)
    (interface / "report_descriptor").write_bytes(bytes.fromhex("05010906a101c0"))
    nodes = (Node("/dev/x", "pedal", frozenset({184})),)
    found = Found(path="/dev/x", name="pedal", product="05f3:00ff", nodes=nodes, folder=tmp_path)
    header = header_of(found, "recorded")
    assert (header.nodes, header.descriptors) == ([NodeHeader("pedal", [184])], ["05 01 09 06 a1 01 c0"])


def test_a_file_that_is_no_recording_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("{}")
    code, _, err = offhook("devices", "keys", "--replay", tmp_path / "x")
    assert code == 2
    assert "line 1" in err


def test_a_device_that_is_not_there_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    code, _, err = offhook("devices", "keys", "No Such Pad", "--to", tmp_path / "new")
    assert code == 1
    assert "no keypad named 'No Such Pad'" in err
    assert not (tmp_path / "new").exists()


def test_the_documentation_shows_what_is_printed() -> None:
    page = (FOLDER.parent.parent.parent / "docs" / "devices.md").read_text()
    shown = page.partition("<!-- keys:")[2].partition("```\n")[2].partition("```")[0]
    _, out, _ = offhook("devices", "keys", "--replay", FOLDER / "macro-pad.jsonl")
    assert shown.startswith("[keypads.desk]")
    assert out.endswith(shown)
