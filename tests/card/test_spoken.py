"""What is wrong with a card is said in the room's language, as far as it can be read."""

import pytest
from click.testing import CliRunner

from appliance.cli.main import main
from tests.card.conftest import Box

ENGLISH = "room.toml has mistakes."
ROOM = '[room]\nname = "Neptune"\nlanguage = "{}"\n[terminal]\nhost = "192.168.1.20"\n[lamps.x]\npin = 5\n'
FOR_DISPLAY = "var/lib/offhook-card/mistakes"


@pytest.mark.parametrize(
    ("code", "begins", "short"),
    [
        ("en", ENGLISH, "room.toml: mistake, line 6"),
        ("ru", "В room.toml есть ошибки.", "room.toml: 1 ошибка, строка 6"),
        ("pl", "W room.toml są błędy.", "room.toml: 1 błąd, wiersz 6"),
        ("es", "room.toml tiene errores.", "room.toml: 1 error, línea 6"),
        ("auto", ENGLISH, "room.toml: mistake, line 6"),
    ],
)
def test_report_and_display_speak_as_the_room(box: Box, code: str, begins: str, short: str) -> None:
    outcome = box.apply(ROOM.format(code))
    assert len(outcome.mistakes) == 1
    assert str(box.errors()).startswith(begins)
    assert box.has(FOR_DISPLAY) == f"{short}\n"


@pytest.mark.parametrize("broken", ['nam = "x"', 'name = "x', "name = \xff", "[room"])
def test_another_mistake_in_the_same_table_does_not_silence_it(box: Box, broken: str) -> None:
    box.apply(f'[room]\nlanguage = "ru"\n{broken}\n'.encode("latin-1"))
    assert str(box.errors()).startswith("В room.toml")


def test_written_as_a_table_in_a_line_it_counts_as_well(box: Box) -> None:
    box.apply('room = { language = "ru" }\n')
    assert str(box.errors()).startswith("В room.toml")


@pytest.mark.parametrize("language", ['"de"', "5", "[]", '"ru', ""])
def test_a_language_that_cannot_be_read_is_english(box: Box, language: str) -> None:
    box.apply(f"[room]\nlanguage = {language}\n")
    assert str(box.errors()).startswith(ENGLISH)


def test_a_file_that_cannot_be_read_at_all_is_english(box: Box) -> None:
    box.apply(ROOM.format("ru").encode("utf-16"))
    assert str(box.errors()).startswith(ENGLISH)


def test_a_console_has_english_beside_it(box: Box) -> None:
    box.file.write_text(ROOM.format("ru"))
    said = CliRunner().invoke(main, ["card", "apply", "--boot", str(box.boot), "--root", str(box.root)]).output
    assert said.index("В room.toml") < said.index(ENGLISH)
    box.file.write_text(ROOM.format("en"))
    said = CliRunner().invoke(main, ["card", "apply", "--boot", str(box.boot), "--root", str(box.root)]).output
    assert said.count(ENGLISH) == 1
