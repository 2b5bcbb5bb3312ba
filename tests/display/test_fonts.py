import msgspec
import pytest

from appliance.display import fonts

FACES = [fonts.SMALL, fonts.BODY, fonts.HEAD, fonts.LARGE]
LETTERS = (
    "ABCXYZabcxyz0189*#+-–—…«»“”„№%&@ÀÖßàöÿŠšŽžőű"
    "ĄĆĘŁŃÓŚŹŻąćęłńóśźż¿¡ÁÉÍÑÓÚÜáéíñóúü"
    "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюяІіЇїЄєҐґЎў"
)


@pytest.mark.parametrize("face", FACES)
def test_every_letter_has_a_picture_of_its_own(face: fonts.Face) -> None:
    missing = fonts.strip("\U0001f600", face).tobytes()
    assert not [letter for letter in LETTERS if fonts.strip(letter, face).tobytes() == missing]


@pytest.mark.parametrize("face", FACES)
def test_no_letter_is_cut_above_or_below(face: fonts.Face) -> None:
    font = fonts.load(face)
    for letter in "Agjqy_ÅЁЙщр(|":
        _, top, _, bottom = font.getbbox(letter, mode="1", anchor="ls")
        assert -face.ascent <= top
        assert bottom <= face.descent


@pytest.mark.parametrize("face", [fonts.HUGE, fonts.CLOCK])
def test_digits_are_whole(face: fonts.Face) -> None:
    _, top, _, bottom = fonts.load(face).getbbox("0123456789:*#+ABCD–", mode="1", anchor="ls")
    assert -face.ascent <= top
    assert bottom <= face.descent


def test_a_letter_that_leans_to_the_left_keeps_its_foot() -> None:
    alone = fonts.strip("j", fonts.HEAD)
    assert sum(alone.histogram()[1:]) == sum(fonts.strip(" j", fonts.HEAD).histogram()[1:])


def test_a_smooth_face_has_greys() -> None:
    smooth = msgspec.structs.replace(fonts.BODY, smooth=True)
    image = fonts.strip("Иван", smooth)
    assert image.mode == "L"
    assert any(image.histogram()[1:255])
