"""Names of any script: what is drawn is what was meant, with FriBidi on the machine and without it."""

import os
import re
import unicodedata
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, features

from appliance.display import fonts, letters, runs
from appliance.display.bidi import ISOLATE, RELEASE, visual
from appliance.display.canvas import Canvas
from appliance.display.coverage import EAST, UNKNOWN, has
from appliance.display.face import Face
from appliance.display.fonts import BODY, HEAD, LARGE, SMALL
from appliance.display.text import LIMIT, clean, label, said, shortened, wrap
from appliance.display.watch import Watch
from appliance.language.catalogue import ENGLISH
from appliance.language.text import Text
from appliance.room.parts.person import Person
from tests.display.conftest import DOCS, References

FACES = (SMALL, BODY, HEAD, LARGE)
NAMES = (
    *("Zażółć Gęślą", "Ñandú Ibáñez", "Nguyễn Thị Hạnh", "Oʻktam Gʻaniyev"),
    *("Ёлкина Щука", "Ґалаґан Їжак", "Γιώργος Ξένος", "Գագիկ Հակոբյան", "გიორგი მამალაძე"),
    *("أحمد الحسيني", "علی\u200cرضا کریمی", "محمد (12)", "יוסף כהן", "Anna יוסף"),
    *("张伟 王秀英", "歐陽娜娜", "山田 さくら", "カタカナ", "김철수", "Anna (张伟)"),
)
COLUMN = 150
shaped = pytest.mark.skipif(
    not features.check("raqm") and "CI" not in os.environ, reason="FriBidi is missing: apt install libfribidi0"
)


@pytest.fixture
def unshaped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without FriBidi."""
    monkeypatch.setattr(runs, "shapes", lambda: False)
    _forget(monkeypatch)


def _forget(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("strip", "width", "_line"):
        monkeypatch.setattr(fonts, name, getattr(fonts, name).__wrapped__)


def overlap(one: Image.Image, other: Image.Image) -> float:
    """Which part of the ink of each has ink of the other at most a pixel away; the lesser part."""
    width = max(one.width, other.width) + 2
    a, b = (_padded(image, width) for image in (one, other))
    shares = []
    for ink, near in ((a, b.filter(ImageFilter.MaxFilter(3))), (b, a.filter(ImageFilter.MaxFilter(3)))):
        shares.append(ImageChops.darker(ink, near).histogram()[255] / max(1, ink.histogram()[255]))
    return min(shares)


def _padded(image: Image.Image, width: int) -> Image.Image:
    padded = Image.new("L", (width, image.height))
    padded.paste(255, (1, 0), image)
    return padded


@shaped
def test_names_look_like_their_references(references: References) -> None:
    sheet = Image.new("1", (COLUMN * len(FACES), 22 * len(NAMES)))
    for row, name in enumerate(NAMES):
        for column, face in enumerate(FACES):
            sheet.paste(1, (COLUMN * column, 22 * row), fonts.strip(clean(name), face).crop((0, 0, COLUMN - 4, 22)))
    references.check("display-names", sheet, DOCS)


@pytest.mark.parametrize("face", FACES)
def test_no_letter_of_them_is_drawn_as_missing(face: Face) -> None:
    for character in {character for name in NAMES for character in name if not character.isspace()} - fonts.UNSEEN:
        font = runs.font_for(character, face)
        missing = font.getmask("\U0010fffe", mode="1")
        assert bytes(font.getmask(character, mode="1")) != bytes(missing), (character, face)


@shaped
@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("أحمد", "\ufeaa\ufee4\ufea3\ufe83"),
        ("سلام", "\ufee1\ufefc\ufeb3"),  # lam and alef are one letter here
        ("کریمی", "\ufbfd\ufee4\ufbff\ufeae\ufb90"),
        ("یوسف", "\ufed2\ufeb3\ufeee\ufbfe"),
        ("יוסף", "\u05e3\u05e1\u05d5\u05d9"),
    ],
)
def test_letters_are_joined_and_in_their_order(name: str, forms: str, face: Face) -> None:
    """Compared with the forms that Unicode has for such letters, drawn from left to right by the basic layout."""
    assert "".join(unicodedata.normalize("NFKC", form) for form in reversed(forms)) == name
    drawn, expected = fonts.strip(name, face), _basic(forms, face)
    assert abs(drawn.width - expected.width) <= 3
    assert overlap(drawn, expected) > max(0.9, overlap(drawn, _basic(forms[::-1], face)))


def _basic(text: str, face: Face) -> Image.Image:
    image = Image.new("1", (round(runs.load(face).getlength(text, mode="1")) + 1, face.height))
    ImageDraw.Draw(image).text((0, face.ascent), text, font=runs.load(face), fill=255, anchor="ls")
    return image


@shaped
def test_a_name_does_not_drag_its_sentence_along() -> None:
    sentence = said(Text("notice.muted_by", who="יוסף (12)"), ENGLISH)
    assert sentence == f"Muted by {ISOLATE}יוסף (12){RELEASE}"
    assert overlap(fonts.strip(sentence, BODY), _basic("Muted by (12) ףסוי", BODY)) > 0.9


def test_a_name_within_a_name_within_a_sentence_is_isolated_once() -> None:
    inner = Text("notice.muted_by", who="יוסף\u202e\n")
    sentence = said(Text("verbatim", words=inner), ENGLISH)
    assert sentence == f"Muted by {ISOLATE}יוסף{RELEASE}"


def test_sentences_without_such_names_are_as_they_were() -> None:
    assert said(Text("notice.muted_by", who="Анна"), ENGLISH) == "Muted by Анна"


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("יוסף כהן", "ןהכ ףסוי"),
        ("שָׁלוֹם", "םולש"),  # points are left out
        ("יוסף (12)", "(12) ףסוי"),
        ("Anna יוסף כהן L", "Anna ןהכ ףסוי L"),
        ("יוסף 2026-11-27 Anna", "Anna 2026-11-27 ףסוי"),
        (f"by {ISOLATE}יוסף 1{RELEASE}: 2", "by 1 ףסוי: 2"),
        (f"{ISOLATE}יוסף 1{RELEASE} by", "1 ףסוי by"),
        (f"by {ISOLATE}יוסף", "by ףסוי"),
        (f"{RELEASE}", ""),
        ("Anna", "Anna"),
    ],
)
def test_without_fribidi_letters_stand_in_their_order(text: str, drawn: str) -> None:
    assert visual(text) == drawn


@pytest.mark.usefixtures("unshaped")
@pytest.mark.parametrize("face", FACES)
def test_without_fribidi_that_is_what_is_drawn(face: Face) -> None:
    assert (
        fonts.strip("יוסף (12)", face).tobytes()
        == _basic("(12) ףסוי", face).crop((0, 0, fonts.width("יוסף (12)", face), face.height)).tobytes()
    )
    assert overlap(fonts.strip("أحمد", face), _basic("دمحأ", face)) == 1


@pytest.mark.parametrize("face", FACES)
def test_east_asian_letters_fit_their_line(face: Face) -> None:
    font = runs.east(face)
    drop = runs.runs("国", face)[0].drop
    for character in "国龍鬱さぎカ김쀍":
        _, top, _, bottom = font.getbbox(character, mode="1", anchor="ls")
        assert -face.ascent <= top + drop
        assert bottom + drop <= face.descent


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("name", ["Ấn Ễ Ộ", "جميل", "გია"])
def test_letters_that_reach_further_are_not_cut_while_there_is_room(name: str, face: Face) -> None:
    roomy = msgspec.structs.replace(face, ascent=face.ascent + 10, descent=face.descent + 10)
    whole, drawn = fonts.strip(name, roomy).getbbox(), fonts.strip(name, face).getbbox()
    assert whole is not None
    assert drawn is not None
    lost = min(whole[3] - whole[1], face.height) - (drawn[3] - drawn[1])
    assert lost <= (face == LARGE and name.startswith("Ấ"))  # outlines are measured, a pixel more than is lit there


@pytest.mark.parametrize("face", FACES)
def test_what_no_font_has_is_one_sign(face: Face) -> None:
    sign = fonts.strip(UNKNOWN, face)
    assert any(sign.histogram()[1:])
    for text in ("สมชาย", "สมชาย ใจดี", "\U00020000\U00020001"):
        assert fonts.strip(text, face).tobytes() == sign.tobytes()
    assert fonts.strip("Anna สมชาย ใจดี L", face).tobytes() == fonts.strip(f"Anna {UNKNOWN} L", face).tobytes()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Anna", "Anna"),
        ("", "anna@example.com"),
        ("🎉🎉", "anna@example.com"),
        ("Anna 🎉", "Anna"),
        ("\u200b\u2060", "anna@example.com"),
        ("***", "anna@example.com"),
        ("สมชาย", "anna@example.com"),
        ("สมชาย 12", "สมชาย 12"),
    ],
)
def test_who_has_no_name_that_can_be_drawn_has_an_id(name: str, shown: str) -> None:
    assert clean(label(Person("anna@example.com", name))) == shown


def test_a_name_that_nobody_can_draw_is_better_than_nothing() -> None:
    assert label(Person("", "สมชาย")) == "สมชาย"
    assert label(Person("")) == ""


def test_right_to_left_lines_are_measured_and_broken_whole() -> None:
    name = "عبد الرحمن بن محمد الحسيني القرشي"
    lines = wrap(name, BODY, 80)
    assert " ".join(lines) == name
    assert all(fonts.width(line, BODY) <= 80 for line in lines)


def test_an_isolated_name_stays_isolated_in_each_line() -> None:
    sentence = said(Text("notice.muted_by", who="عبد الرحمن بن محمد الحسيني القرشي"), ENGLISH)
    lines = wrap(sentence, BODY, 80)
    assert len(lines) > 2
    assert all(line.count(ISOLATE) == line.count(RELEASE) == 1 for line in lines[1:])
    assert lines[0].startswith("Muted by")
    bare = " ".join(lines).replace(ISOLATE, "").replace(RELEASE, "")
    assert bare == sentence.replace(ISOLATE, "").replace(RELEASE, "")


def test_what_is_cut_keeps_its_beginning_and_its_isolation() -> None:
    assert shortened("עבדאללה בן יוסף", BODY, 60).startswith("עבדא")
    sentence = said(Text("notice.muted_by", who="عبد الرحمن بن محمد الحسيني القرشي"), ENGLISH)
    cut = shortened(sentence, BODY, 110)
    assert re.fullmatch(f"Muted by {ISOLATE}عبد .*…{RELEASE}", cut)
    assert fonts.width(cut, BODY) <= 110


@pytest.mark.parametrize(("name", "begins"), [("Anna " * 20, 0), ("יוסף " * 20, 1)])
def test_a_line_that_scrolls_begins_with_its_beginning(name: str, begins: int) -> None:
    canvas = Canvas((128, 64), "1", ENGLISH, Watch(0))
    canvas.line(0, 0, name, BODY, 100)
    whole = fonts.strip(clean(name), BODY)
    left = begins * (whole.width - 100)
    shown = canvas.image.crop((0, 0, 100, BODY.height)).convert("L")
    assert overlap(shown, whole.crop((left, 0, left + 100, BODY.height))) == 1


def test_marks_stay_with_their_letter() -> None:
    assert wrap("n\u0303" * 30, BODY, 40)[1].startswith("n")


ODD = st.text(
    st.sampled_from(
        "a Яé\u0301\u0323\u05b8אبلاعی\u200c\u200d张김🎉👨\u20e3\ufe0f"
        "\u202e\u2068\u2069\u00ad()1-./क\u094dสา\u1160\t\u2028½"
    )
    | st.characters(exclude_categories=()),
    max_size=60,
)


@given(ODD)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    line = clean(text)
    assert clean(line) == line
    assert all(each.isprintable() or each in letters.JOINERS for each in line)
    assert not {each for each in line if unicodedata.category(each) in {"Zl", "Zp"}}


@given(ODD, st.sampled_from(FACES), st.booleans())
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_drawn(text: str, face: Face, shapes: bool) -> None:
    with pytest.MonkeyPatch.context() as patched:
        if not shapes:
            patched.setattr(runs, "shapes", lambda: False)
            _forget(patched)
        for line in (clean(text), said(Text("notice.muted_by", who=text), ENGLISH)):
            assert fonts.strip(line, face).size == (max(1, fonts.width(line, face)), face.height)
            assert [each for each in wrap(line, face, 124) if fonts.width(each, face) > 124 + 40] == []


@pytest.mark.parametrize(
    "letter", ["a", "Я", "ب", "א", "国", "김", "ส", "🎉", "\u0301", "e\u0301", "\u200d", "\u2028", "\x00"]
)
def test_a_name_of_ten_thousand_characters_costs_no_more_than_a_long_one(
    letter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[int] = []

    def seen(text: str) -> Iterator[str]:
        looked_at.append(len(text))
        yield from before(text)

    before = letters._seen
    monkeypatch.setattr(letters, "_seen", seen)
    line = clean(letter * 10_000)
    assert sum(looked_at) <= 4 * LIMIT
    assert len(line) <= LIMIT
    assert sum(unicodedata.east_asian_width(each) in "WF" for each in line) <= LIMIT // 4
    assert len(wrap(line, LARGE, 124)) <= LIMIT


def test_what_a_name_does_not_need_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    before = runs._font

    def font(file: str, size: int, layout: ImageFont.Layout) -> ImageFont.FreeTypeFont:
        read.append(file)
        return before(file, size, layout)

    monkeypatch.setattr(runs, "_font", font)
    for each in (runs.load, runs.east, runs._shaping):
        each.cache_clear()
    _forget(monkeypatch)
    fonts.strip("Иван Larsen", BODY)
    assert read == [BODY.file]
    fonts.strip("张", BODY)
    assert read[1:] == [EAST]


def _claimed(file: str) -> list[str]:
    return [each for each in map(chr, range(0x10000)) if has(file, each)]


@pytest.mark.slow
@pytest.mark.parametrize("file", [BODY.file, HEAD.file, EAST])
def test_the_list_of_what_a_font_has_is_right(file: str) -> None:
    font = runs._font(file, 12, ImageFont.Layout.BASIC)
    missing = bytes(font.getmask("\U0010fffe", mode="1"))
    claimed = _claimed(file)
    drawn = [each for each in claimed if each.isprintable() and not each.isspace()][:: 7 if file == EAST else 1]
    assert [each for each in drawn if bytes(font.getmask(each, mode="1")) == missing] == []
    others = {chr(code) for code in range(0x21, 0x10000, 37) if chr(code).isprintable()} - set(claimed)
    assert [each for each in others if bytes(font.getmask(each, mode="1")) != missing] == []
