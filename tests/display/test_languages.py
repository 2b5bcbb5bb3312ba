"""Every page in every language that is shipped: it fits, has all its letters, and looks like its reference."""

from typing import get_args

import msgspec
import pytest
from PIL import Image

from appliance.display import fonts
from appliance.display.draw import compose, draw
from appliance.display.fonts import Face
from appliance.display.geometry import USUAL
from appliance.display.text import wrap
from appliance.language.catalogue import ENGLISH, Language
from appliance.language.codes import Code
from appliance.language.english import SENTENCES
from appliance.language.languages import language
from appliance.language.text import COUNT, Text
from appliance.room.parts.shown import Notice
from tests.display.conftest import DOCS, PICTURES, References
from tests.display.labels import Line, every_label
from tests.display.scenes import NOW, SCENES, room, view
from tests.language.source import gaps

CODES = [code for code in get_args(Code) if code != ENGLISH.code]
ELSEWHERE = ("demo.", "panel.", "phase.", "link.", "wiring.", "mistake.", "type.", "warning.", "card.")
"""Beginnings of keys that are never drawn."""
NOTICES = ("notice.", "rejected.", "ended.", "camera.", "podium.", "login.", "logout.", "not_ready.")
REASONS = ("lost.", "refused.", "evicted.")
COLUMNS, GAP = 6, 4
"""Of the sheet in docs/pictures."""
WIDTH, SIZE = 124, USUAL.size
"""Pixels of a line, and of a page."""


@pytest.mark.parametrize("code", get_args(Code))
def test_every_label_fits_its_line(code: Code, lines: list[Line]) -> None:
    for scene in every_label():
        compose(msgspec.structs.replace(scene, language=language(code)))
    assert len({line.key for line in lines}) > 60
    assert sorted({(line.key, line.words, line.room) for line in lines if not line.fits}) == []


@pytest.mark.parametrize("code", get_args(Code))
def test_no_word_of_a_sentence_is_broken(code: Code) -> None:
    spoken = language(code)
    broken = []
    for key in (key for key in SENTENCES if key.startswith((*NOTICES, *REASONS, "asked.", "declined."))):
        words = spoken.say(Text(key, **dict.fromkeys(gaps(SENTENCES[key]), "7")))
        broken += [word for word in words.split() if len(wrap(word, fonts.HEAD, WIDTH)) > 1]
    assert broken == []


@pytest.mark.parametrize("code", CODES)
def test_most_notices_are_seen_whole(code: Code) -> None:
    """Four lines have room without scrolling; English needs more for one in twenty."""
    spoken = language(code)
    keys = [key for key in SENTENCES if key.startswith(NOTICES)]
    texts = [Text(key, **dict.fromkeys(gaps(SENTENCES[key]), "Anna")) for key in keys]
    long = [text.key for text in texts if len(wrap(spoken.say(text), fonts.BODY, WIDTH)) > 4]
    assert len(long) < len(keys) / 20, long


@pytest.mark.parametrize("face", [fonts.SMALL, fonts.BODY, fonts.HEAD, fonts.LARGE])
@pytest.mark.parametrize("code", CODES)
def test_the_fonts_have_every_letter(code: Code, face: Face) -> None:
    spoken, missing = language(code), fonts.strip("\U0010fffe", face).tobytes()
    drawn = {key: said for key, said in SENTENCES.items() if not key.startswith(ELSEWHERE)}
    forms = [spoken.say(Text(key, **{COUNT: count})) for key in drawn for count in (1, 2, 5)]
    letters = {letter for form in forms for letter in form if not letter.isspace()}
    assert len(letters) > 60
    assert [letter for letter in letters if fonts.strip(letter, face).tobytes() == missing] == []


@pytest.mark.parametrize("name", SCENES)
@pytest.mark.parametrize("code", CODES)
def test_page_looks_like_its_reference(code: Code, name: str, references: References) -> None:
    references.check(f"{code}/{name}", draw(msgspec.structs.replace(SCENES[name], language=language(code))))


@pytest.mark.parametrize("code", get_args(Code))
def test_the_docs_show_every_page(code: Code, references: References) -> None:
    pages = [draw(msgspec.structs.replace(scene, language=language(code))) for scene in SCENES.values()]
    width, height = SIZE[0] + GAP, SIZE[1] + GAP
    sheet = Image.new("1", (COLUMNS * width + GAP, -(-len(pages) // COLUMNS) * height + GAP), 1)
    for number, page in enumerate(pages):
        sheet.paste(page, (number % COLUMNS * width + GAP, number // COLUMNS * height + GAP))
    references.check(f"display-{code}", sheet, DOCS)


def test_no_reference_is_left_over() -> None:
    folders = {path.name: path for path in PICTURES.iterdir() if path.is_dir() and path.name != "panels"}
    assert set(folders) == set(CODES)
    for folder in folders.values():
        assert {path.stem for path in folder.glob("*.png")} == set(SCENES)


def test_what_is_too_wide_scrolls_and_is_not_cut(wide: Language, lines: list[Line]) -> None:
    for scene in every_label():
        lines.clear()
        drawing = compose(msgspec.structs.replace(scene, language=wide))
        assert all(line.fits for line in lines) or drawing.changes_in is not None, lines


def test_a_sentence_that_is_too_long_scrolls(wide: Language) -> None:
    scene = view(room(notice=Notice(Text("notice.two_masters"), NOW + 1e6)))
    still = msgspec.structs.replace(scene, language=wide)
    later = msgspec.structs.replace(still, shown_since=NOW - 4)
    assert draw(still).tobytes() != draw(later).tobytes()
