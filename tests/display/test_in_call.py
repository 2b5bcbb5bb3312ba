"""What the page of a call says of those in it, and of the tones that have gone out."""

import msgspec
import pytest

from appliance.display.draw import Drawing, compose
from appliance.language.codes import Code
from appliance.language.languages import language
from appliance.room.parts.conference import Company
from appliance.room.parts.shown import TonesSent
from appliance.room.secret import Secret
from appliance.room.state import Phase
from tests.display.scenes import ANNA, GROUP, NOW, call, room, view

TONES = TonesSent(Secret("42#"), NOW + 2)


NOBODY, NONE = Company(), TonesSent()


def page(company: Company = NOBODY, tones: TonesSent = NONE, code: Code = "en") -> Drawing:
    scene = view(room(Phase.IN_CALL, GROUP, company=company, tones=tones))
    return compose(msgspec.structs.replace(scene, language=language(code)))


@pytest.mark.parametrize(
    ("code", "count", "says"),
    [("en", 1, "1 participant"), ("en", 12, "12 participants"), ("ru", 21, "21 участник"), ("ru", 3, "3 участника")],
)
def test_participants_are_counted(code: Code, count: int, says: str) -> None:
    company = Company(listed=True, present=frozenset(map(str, range(count))))
    assert says in page(company, code=code).words


def test_who_is_not_listed_is_not_counted() -> None:
    words = page(Company(present=frozenset({"anna"}))).words
    assert not any("participant" in word for word in words)


@pytest.mark.parametrize(
    ("company", "says"),
    [
        (Company(recording=frozenset({"anna"})), "This room is being recorded"),
        (Company(content=frozenset({"anna"})), "Content is shown"),
        (Company(content=frozenset({"anna", ""})), "This room shows content"),
    ],
)
def test_recording_and_content_are_said_also_between_two(company: Company, says: str) -> None:
    assert says in page(company).words
    assert says in compose(view(room(Phase.IN_CALL, call(ANNA, NOW), company=company))).words
    assert says not in page().words


def test_tones_are_seen_for_a_moment_and_heard_by_nobody() -> None:
    shown = page(tones=TONES)
    assert shown.image.tobytes() != page().image.tobytes()
    assert not any("42#" in word for word in shown.words)
    assert shown.changes_in == 2
    assert page(tones=TonesSent(Secret("42#"), NOW)).image.tobytes() == page().image.tobytes()
