"""Any bytes as `room.toml`: said to be wrong or used, never a trace, and the network does not depend on the rest."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appliance.cli.main import main
from appliance.config.content import LARGEST_FILE
from appliance.config.load import ConfigError, parse
from appliance.config.reading import MOST, read_parts
from tests.card.conftest import ROOM, Box

NOWHERE = Path("/nowhere")
NETWORK = '[network]\naddress = "10.0.0.7/8"\n'
WIRED = "etc/systemd/network/10-offhook-wired.network"

ODD = {
    "brackets": "x = " + "[" * 2000,
    "brackets that close": "x = " + "[" * 2000 + "]" * 2000,
    "braces": "x = " + "{a=" * 2000 + "1" + "}" * 2000,
    "dotted keys": ".".join("a" * 2000) + " = 1",
    "dotted keys with spaces": " . ".join("a" * 2000) + " = 1",
    "a dotted header": "[" + ".".join("a" * 2000) + "]\nb = 1",
    "dotted keys in braces": "x = {" + ".".join("a" * 2000) + " = 1}",
    "a deep table in a deep table": "[" + ".".join("a" * 12) + "]\n" + ".".join("b" * 12) + " = 1",
    "digits": "[lamps.link]\npin = " + "9" * 5000,
    "hexadecimal digits": "[cameras.x]\nline = '/dev/x'\nnumber = 0x" + "f" * 9000,
    "a large number": "[lamps.link]\npin = 9223372036854775808",
    "no number": "[visca.x]\nlisten = nan",
    "a step that is no number": "volume_step = nan",
    "infinity": "[log]\nlevel = -inf",
    "no date": "[log]\nlevel = 2026-02-30",
    "a date": "[log]\nlevel = 9999-12-31T23:59:59.999999999999999999+23:59",
    "a key with a line feed": '"a\\nb" = 1\n["a\\nroom.toml:1: x"]',
    "NUL": 'a = "\0"',
    "an escaped NUL": 'pin_file = "\\u0000"',
    "NULs at the end": "\0" * 4000,
    "a mark in the middle": "\ufeff[log]",
    "a file that never ends": 'pin_file = "/dev/zero"',
    "lists for values": "[joysticks.x]\nport = ['/dev/x']\n[lamps.x]\nshows = []\n[keypads.x]\ndevice = {}\nkeys = [1]",
    "values for tables": "[lamps]\nlink = 1\n[keypads.x.keys]\n'' = ''\n'+' = {}\n",
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_check_says_what_is_wrong_and_gives_no_trace(odd: str, tmp_path: Path) -> None:
    path = tmp_path / "room.toml"
    path.write_text(ROOM + odd + "\n")
    result = CliRunner().invoke(main, ["check", str(path)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert isinstance(result.exception, SystemExit)
    assert all(line.startswith(f"{path}:") for line in result.stderr.splitlines())
    assert all(int(line.removeprefix(f"{path}:").split(":")[0]) > 1 for line in result.stderr.splitlines())


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_the_network_is_applied_and_the_mistakes_are_written(odd: str, box: Box) -> None:
    outcome = box.apply(NETWORK + ROOM + odd + "\n")
    assert "Address=10.0.0.7/8\n" in str(box.has(WIRED))
    assert str(box.errors()).count("\r\nroom.toml:") == len(outcome.mistakes) > 0
    assert box.has("var/lib/offhook-card/mistakes")


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe" + ROOM.encode("utf-16-le"), ROOM.encode("utf-16-be"), b"\xff" * 300, b"\0", b"#" * 10_000_000, b"\r"],
    ids=["UTF-16", "UTF-16 without a mark", "FF", "NUL", "ten megabytes", "a carriage return"],
)
def test_what_is_no_text_is_said(content: bytes, box: Box) -> None:
    assert box.apply(content).mistakes
    assert "DHCP=yes" in str(box.has(WIRED))
    assert box.errors()
    result = CliRunner().invoke(main, ["check", str(box.file)])
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)


def test_a_fault_of_ours_costs_the_room_only(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Iterator[None]:
        raise TypeError("unhashable")

    monkeypatch.setattr("appliance.config.examine.contradictions", broken)
    outcome = box.apply(NETWORK + ROOM)
    assert not outcome.has_room
    assert "Address=10.0.0.7/8\n" in str(box.has(WIRED))
    assert "could not be examined, which is a fault of this software: TypeError('unhashable')" in str(box.errors())


def test_a_step_that_fails_in_an_unknown_way_costs_itself_only(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> bool:
        raise TypeError("unknown")

    monkeypatch.setattr("appliance.card.clock.zone", broken)
    outcome = box.apply(NETWORK + ROOM)
    assert outcome.has_room
    assert "zone could not be applied: unknown" in str(box.errors())


def test_so_many_mistakes_are_counted(box: Box) -> None:
    box.apply(NETWORK + ROOM + "".join(f"[x{number}]\n" for number in range(MOST + 50)))
    assert f"room.toml:{MOST + 7}: 50 more mistakes from here on" in str(box.errors())


def test_among_thousands_of_mistakes_the_network_is_found(box: Box) -> None:
    outcome = box.apply(NETWORK + ROOM + "".join(f"[x{number}]\n" for number in range(1500)))
    assert not outcome.has_room
    assert "Address=10.0.0.7/8\n" in str(box.has(WIRED))
    assert "1300 more mistakes from here on" in str(box.errors())


PIECES = st.sampled_from(
    [
        *("[", "]", "[[", "]]", "{", "}", "=", ".", ",", "\n", '"', "'", '"""', "'''", "#", "\\", "\0", " ", "\r\n"),
        *(
            "room",
            "name",
            "terminal",
            "host",
            "buttons",
            "lamps",
            "keypads",
            "keys",
            "device",
            "pin",
            "network",
            "wifi",
        ),
        *("display", "bus", "cameras", "number", "line", "joysticks", "port", "far_end", "visca", "allow", "panel"),
        *("listen", "camera", "hardware", "hold", "press", "readers", "codes", "time", "zone", "ssh", "tones"),
        *(
            "1",
            "-1",
            "0.5",
            "true",
            "nan",
            "2026-01-01",
            "0x1F",
            '"call"',
            '"auto"',
            '"virtual"',
            '"1+3"',
            "[1]",
            "{a=1}",
        ),
        *('"/dev/serial0"', '"fe80::1%x"', "9" * 30, "é"),
    ]
)
TABLES = st.sampled_from(["room", "terminal", "buttons.a", "keypads.a", "keypads.a.keys", "readers.a", "cameras.a"])
KEYS = st.sampled_from(
    ["pin", "press", "held", "hold", "device", "keys", "camera", "number", "line", "name", "codes", "F1"]
)
VALUES = st.recursive(
    st.sampled_from(
        ["1", "-7", "0.5", "true", "''", "'call'", "'camera in'", "'auto'", "2026-01-01", "12:00:00", "inf"]
    ),
    lambda inner: (
        st.lists(inner, max_size=2).map(lambda some: f"[{', '.join(some)}]") | inner.map(lambda one: f"{{ a = {one} }}")
    ),
    max_leaves=3,
)
TYPED = st.lists(
    st.tuples(TABLES, st.dictionaries(KEYS, VALUES, max_size=4)).map(
        lambda made: f"[{made[0]}]\n" + "".join(f"{key} = {value}\n" for key, value in made[1].items())
    ),
    max_size=4,
).map("".join)


@pytest.mark.slow
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join) | TYPED | TYPED.map(ROOM.__add__) | st.text(max_size=100))
def test_any_text_gives_a_configuration_or_mistakes(text: str) -> None:
    reading = read_parts(text.encode(), NOWHERE)
    assert not [each for each in reading.mistakes if each.message.key == "mistake.not_examined"]
    if not reading.mistakes:
        assert parse(text, NOWHERE, NOWHERE) == reading.config
        return
    with pytest.raises(ConfigError) as caught:
        parse(text, NOWHERE, NOWHERE)
    assert len(str(caught.value).split("\n")) == len(caught.value.mistakes)
    assert tuple(caught.value.mistakes) == reading.own


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    ["[", "a = [\n", "[x{}]\n", "a{} = 1\n", "x{} = [\n1,\n]\n", '"""\n', "a . ", "[lamps.a{}]\npin = 99\n"],
)
def test_a_large_file_of_nonsense_is_read_in_time(piece: str) -> None:
    pieces = (piece.replace("{}", str(number)) for number in range(LARGEST_FILE))
    content = "".join(pieces)[: LARGEST_FILE - 100].encode()
    before = time.process_time()
    assert read_parts(content, NOWHERE).mistakes
    assert time.process_time() - before < 60  # far more than it takes: on a busy machine processor time doubles
