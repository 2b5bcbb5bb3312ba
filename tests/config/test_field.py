"""Files as people write them, from `field.toml`: every mistake is named, with its line, its key and what to write."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from appliance.config.load import ConfigError, parse
from appliance.config.reading import read_parts
from appliance.language.catalogue import ENGLISH
from tests.cli.processes import offhook

FIELD: dict[str, Any] = tomllib.loads(Path(__file__).with_name("field.toml").read_text())
REST = '[terminal]\nhost = "terminal"\n'


def mistakes(text: str) -> list[str]:
    """What is wrong with a file, as LINE: key: message."""
    with pytest.raises(ConfigError) as caught:
        parse(text, Path("x"))
    return [line.removeprefix("x:") for line in str(caught.value).split("\n")]


@pytest.mark.parametrize("case", FIELD["refused"], ids=lambda case: case["name"])
def test_every_mistake_is_named_with_line_key_and_advice(case: dict[str, Any]) -> None:
    said = mistakes(case["text"])
    assert [line[: len(wanted)] for line, wanted in zip(said, case["mistakes"], strict=True)] == case["mistakes"]


@pytest.mark.parametrize("case", FIELD["refused"], ids=lambda case: case["name"])
def test_the_card_says_the_same(case: dict[str, Any], tmp_path: Path) -> None:
    text = case["text"]
    said = [f"{mistake.line}: {mistake.said(ENGLISH)}" for mistake in read_parts(text.encode(), tmp_path).own]
    assert said == mistakes(text)


@pytest.mark.parametrize("case", FIELD["lines"], ids=lambda case: case["name"])
def test_a_line_that_is_not_toml_is_said_with_the_line_as_it_should_be(case: dict[str, Any]) -> None:
    (said,) = mistakes(f"[room]\n{case['line']}\n{REST}")
    assert said.startswith("2: ")
    assert f"; expected `{case['expected']}`" in said if case["expected"] else "hunter2" not in said


def test_what_stands_there_twice_is_said_with_the_first() -> None:
    text = f'[room]\nname = "N"\nname = "M"\n{REST}[log]\n[panel]\nlisten = "[::]:0"\n[log]\nlevel = "all"\n'
    assert mistakes(text) == [
        "3: room.name: `name` stands here a second time; expected it once; the first is in line 2",
        "9: log: [log] stands here a second time; expected its keys together, below line 6",
    ]


def test_the_field_file_is_refused_by_the_command(tmp_path: Path) -> None:
    path = tmp_path / "room.toml"
    path.write_text(FIELD["refused"][0]["text"])
    code, out, err = offhook("check", str(path))
    assert (code, out) == (2, "")
    assert err.startswith(f"{path}:4: terminal.host: `http://192.168.1.20/`")
