"""Every language that is shipped: nothing missing, nothing too much, nothing lost on the way."""

import gettext
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message

from appliance.language import languages
from appliance.language.catalogue import ENGLISH
from appliance.language.codes import Code
from appliance.language.english import SENTENCES
from appliance.language.languages import language
from appliance.language.text import COUNT, Text
from tests.language.catalogues import catalogue, compiled, translations
from tests.language.source import gaps

LANGUAGES = [path.stem for path in translations()]
OTHER_GAPS = {"date.day": frozenset({"day", "number"})}
"""Where a language may say it with other values than English, and with which."""
ENDS = ("…", "?", ":")
SHORT = ("display.", "pending.")
"""Labels that have little room, and end as it fits."""
WORD_OF_THE_FILE = re.compile(r"`[^` {}]+`|\[\w+\]")
"""What stays as it is in every language: keys and tables of `room.toml`."""

until_translated = pytest.mark.slow
"""Who adds or changes a sentence may not know the language: a room says it in English until somebody translates it, and
`make test-slow`, which precedes a release, says that."""
each_language = pytest.mark.parametrize("code", LANGUAGES)


def said(code: str) -> Catalog:
    made: Catalog = catalogue(_path(code))
    return made


def sentences(code: str) -> Iterator[tuple[str, str, str]]:
    """Key, English (of several) and each form of the translation."""
    for entry in said(code):
        if entry.id:
            english = entry.id if isinstance(entry.id, str) else entry.id[1]
            yield from ((str(entry.context), english, form) for form in _forms(entry) if form)


def _forms(entry: Message) -> tuple[str, ...]:
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())


def _end(sentence: str) -> str:
    return sentence[-1] if sentence.endswith(ENDS) else ""


def _path(code: str) -> Path:
    found: Path = next(path for path in translations() if path.stem == code)
    return found


def test_every_catalogue_can_be_chosen_and_nothing_else() -> None:
    assert {"en", *LANGUAGES} == set(get_args(Code))


@until_translated
@each_language
def test_no_sentence_is_too_much_or_stands_for_another_english(code: str) -> None:
    known = {str(entry.context): entry.id for entry in catalogue() if entry.id}
    entries = [entry for entry in said(code) if entry.id]
    assert [(entry.context, entry.id) for entry in entries if known.get(str(entry.context)) != entry.id] == []


@until_translated
@each_language
def test_every_sentence_is_translated(code: str) -> None:
    known = {entry.context: entry.string for entry in said(code)}
    assert [key for key in SENTENCES if not known.get(key)] == []


@each_language
def test_nothing_is_a_guess(code: str) -> None:
    assert [entry.context for entry in said(code) if entry.id and entry.fuzzy] == []


@each_language
def test_a_translation_has_the_values_of_the_english(code: str) -> None:
    own = [(key, gaps(form), gaps(english)) for key, english, form in sentences(code)]
    assert [each for each in own if each[1] not in (each[2], OTHER_GAPS.get(each[0]))] == []
    assert [form for _, _, form in sentences(code) if re.search(r"[{}]", re.sub(r"\{\w+\}", "", form))] == []


@each_language
def test_a_translation_begins_and_ends_as_the_english(code: str) -> None:
    assert [form for _, _, form in sentences(code) if form != " ".join(form.split())] == []
    long = [each for each in sentences(code) if not each[0].startswith(SHORT)]
    assert [each for each in long if _end(each[1]) != _end(each[2])] == []


@each_language
def test_words_of_the_file_stay_as_they_are(code: str) -> None:
    words = [(key, *(set(WORD_OF_THE_FILE.findall(each)) for each in said)) for key, *said in sentences(code)]
    assert [each for each in words if each[1] != each[2]] == []


@each_language
def test_every_form_of_a_plural_is_there_and_has_its_number(code: str) -> None:
    """The form for one says 21 as well in some languages, so it needs the number too."""
    made = said(code)
    plurals = [entry for entry in made if entry.id and not isinstance(entry.id, str)]
    assert plurals
    assert [entry.context for entry in plurals if [*map(bool, _forms(entry))] != [True] * made.num_plurals] == []
    assert [entry.context for entry in plurals if any(f"{{{COUNT}}}" not in form for form in _forms(entry))] == []


@each_language
def test_the_rule_of_plurals_is_the_languages(code: str) -> None:
    with _path(code).with_suffix(".mo").open("rb") as file:
        plural = gettext.GNUTranslations(file).plural  # type: ignore[attr-defined]  # what `ngettext` asks
    groups: dict[int, set[str]] = {}
    for count in range(1000):
        groups.setdefault(plural(count), set()).add(str(Locale(code).plural_form(count)))
    assert all(len(names) == 1 for names in groups.values())
    assert len(groups) == said(code).num_plurals


@each_language
def test_what_a_room_reads_is_what_translators_wrote(code: str) -> None:
    """Otherwise: `make docs`."""
    assert _path(code).with_suffix(".mo").read_bytes() == compiled(said(code))


@pytest.mark.parametrize("code", get_args(Code))
def test_a_language_says_its_sentences(code: Code) -> None:
    spoken = language(code)
    assert spoken.code == code
    assert (spoken.say(Text("notice.no_link")) == ENGLISH.say(Text("notice.no_link"))) is (code == "en")


def test_russian_has_three_forms() -> None:
    says = [language("ru").say(Text("device.lamps", count=count)) for count in (1, 2, 5, 11, 21, 22, 25, 111)]
    assert says == [
        *("1 лампа", "2 лампы", "5 ламп", "11 ламп"),
        *("21 лампа", "22 лампы", "25 ламп", "111 ламп"),
    ]


@pytest.mark.parametrize("content", [None, b"", b"not a catalogue", struct.pack("<7I", 0x950412DE, 0, 9, 28, 28, 0, 0)])
def test_a_catalogue_that_cannot_be_read_leaves_a_room_that_speaks_english(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if content is not None:
        (tmp_path / "ru.mo").write_bytes(content)
    monkeypatch.setattr(languages, "_FOLDER", tmp_path)
    assert language.__wrapped__("ru") is ENGLISH
