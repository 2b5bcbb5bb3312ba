import pytest

from appliance.display.burnin import WALK
from appliance.display.draw import PAGES, draw
from appliance.display.pages.choice import Page, page_for
from appliance.room.parts.call import Conversation
from appliance.room.state import Phase
from appliance.terminal.messages.enums import ConferenceType
from tests.display.conftest import PICTURES, References
from tests.display.scenes import SCENES, room, view


@pytest.mark.parametrize("name", SCENES)
def test_page_looks_like_its_reference(name: str, references: References) -> None:
    references.check(name, draw(SCENES[name]))


def test_no_reference_is_left_over() -> None:
    assert {path.stem for path in PICTURES.glob("*.png")} == set(SCENES)


def test_every_page_has_a_scene_and_a_drawing() -> None:
    assert {page_for(view.state, view.now) for view in SCENES.values()} == set(Page) == set(PAGES)


@pytest.mark.parametrize("name", SCENES)
def test_a_shifted_page_loses_nothing(name: str) -> None:
    still = draw(SCENES[name])
    content = still.crop((2, 2, 126, 62))
    for x, y in set(WALK):
        shifted = draw(SCENES[name], (x, y))
        moved = (2 + x, 2 + y, 126 + x, 62 + y)
        assert shifted.crop(moved).tobytes() == content.tobytes()
        assert shifted.histogram() == still.histogram()  # and nothing appears beside it


@pytest.mark.parametrize("name", SCENES)
def test_nothing_is_blank(name: str) -> None:
    assert draw(SCENES[name]).getbbox() is not None


def test_the_three_states_of_the_microphone_look_different() -> None:
    bars = {
        draw(SCENES[name]).crop((0, 46, 128, 64)).tobytes() for name in ("in_call", "in_call_muted", "in_call_unknown")
    }
    assert len(bars) == 3


def test_an_invitation_without_a_person_names_the_owner_of_the_conference() -> None:
    named, unnamed = (
        draw(view(room(Phase.RINGING, Conversation(type=ConferenceType.SYMMETRIC, owner=owner))))
        for owner in ("Anna", "")
    )
    assert named.tobytes() != unnamed.tobytes()


def test_muted_is_loud() -> None:
    bar = draw(SCENES["in_call_muted"]).crop((0, 46, 128, 62))
    dark, lit = bar.convert("L").histogram()[0], bar.convert("L").histogram()[255]
    assert lit > 3 * dark
