import msgspec
import pytest

from appliance.language import text as language_text
from appliance.language.catalogue import ENGLISH
from appliance.language.text import NOTHING, Text, Unusable, filled, said_by, verbatim
from appliance.room.parts.shown import Notice


def test_values_fill_the_gaps_of_the_same_name() -> None:
    assert str(Text("rejected.other", who="Anna", cause=7)) == "Anna refused (cause 7)"


def test_a_value_is_never_read_as_a_sentence() -> None:
    assert str(Text("rejected.busy", who="{who} {0} %s")) == "{who} {0} %s is busy"


def test_a_value_may_be_a_text() -> None:
    assert str(Text("display.not_connected", device=Text("device.keypad"))) == "keypad: not connected"


@pytest.mark.parametrize(("count", "said"), [(0, "0 missed calls"), (1, "1 missed call"), (2, "2 missed calls")])
def test_a_number_decides_between_one_and_several(count: int, said: str) -> None:
    assert (
        str(Text("display.missed_calls", count=count)) == said == ENGLISH.say(Text("display.missed_calls", count=count))
    )


def test_a_gap_without_a_value_stays_and_harms_nobody() -> None:
    assert filled("{who} is busy {", {"other": 1}, str) == "{who} is busy {"


def test_an_unknown_key_is_an_error_here_and_shown_in_a_room(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(KeyError, match=r"no\.such"):
        str(Text("no.such"))
    monkeypatch.setattr(language_text, "unknown", lambda _key: None)
    assert ENGLISH.say(Text("no.such", who="x")) == "no.such"


def test_nothing_to_say() -> None:
    assert not NOTHING
    assert not verbatim("")
    assert (str(NOTHING), ENGLISH.say(NOTHING)) == ("", "")


def test_texts_are_values() -> None:
    one, same, other = Text("rejected.busy", who="A"), Text("rejected.busy", who="A"), Text("rejected.busy", who="B")
    assert one == same != other
    assert len({one, same, other}) == 2
    assert sorted([other, one]) == [one, other]
    assert repr(one) == "Text('rejected.busy', who='A')"


def test_an_error_says_its_text_or_its_words() -> None:
    assert said_by(Unusable(Text("mistake.missing"))) == Text("mistake.missing")
    assert str(Unusable(Text("mistake.missing"))) == "is missing"
    assert said_by(ValueError("pin 13 is unlucky")) == verbatim("pin 13 is unlucky")


def test_json_has_the_sentence() -> None:
    notice = Notice(Text("rejected.busy", who="Anna"), 5.0)
    assert msgspec.to_builtins(notice, enc_hook=ENGLISH.json) == {"text": "Anna is busy", "until": 5.0}
    with pytest.raises(NotImplementedError):
        msgspec.to_builtins(object(), enc_hook=ENGLISH.json)
