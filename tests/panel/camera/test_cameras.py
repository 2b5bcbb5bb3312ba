"""The cameras as pages are shown them."""

import pytest

from appliance.language.catalogue import ENGLISH
from appliance.panel.camera.cameras import Camera, Cameras, CamerasViewed, Place
from appliance.room.parts.call import Conversation
from appliance.room.parts.camera import Camera as Has
from appliance.room.parts.camera import CameraAnswer, FarCamera
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages.devices import Axis
from appliance.terminal.messages.enums import ConferenceType

ANNA = Person("anna@example.org", "Anna")
LINK = Link(LinkPhase.UP)
AXIS = Axis(support=True)
OWN = Camera("", "Room camera")
FAR = Camera("far_end", "Other side", home=False)
STAGE = Camera("stage", "stage")


def seen(state: RoomState, *others: str, held: tuple[str, ...] = (), first: str = "") -> Cameras:
    return CamerasViewed(ENGLISH, others, held.__contains__, first)(state)


def test_the_terminals_camera_with_what_it_can_do() -> None:
    assert seen(RoomState(link=LINK)).each == (OWN,)
    zooms = RoomState(link=LINK, camera=Has(zoom=AXIS))
    assert seen(zooms).each == (Camera("", "Room camera", pan=False, tilt=False),)
    assert seen(RoomState(link=LINK, camera=Has())).each == ()


def test_without_a_link_only_those_of_the_box() -> None:
    assert seen(RoomState(), "stage") == Cameras((STAGE,))


def test_the_one_that_shows_the_room_comes_first() -> None:
    assert seen(RoomState(link=LINK), "stage", "audience", first="stage").each[0] == STAGE
    assert [camera.name for camera in seen(RoomState(link=LINK), "stage", "audience").each] == ["", "audience", "stage"]


def test_the_other_sides_during_a_call_of_two_or_if_it_was_lent() -> None:
    two = RoomState(link=LINK, phase=Phase.IN_CALL, conversation=Conversation(ANNA, ConferenceType.POINT_TO_POINT))
    many = RoomState(link=LINK, phase=Phase.IN_CALL, conversation=Conversation(None, ConferenceType.ROLE_BASED))
    lent = RoomState(
        link=LINK,
        phase=Phase.IN_CALL,
        conversation=many.conversation,
        far_camera=FarCamera(ANNA.peer_id, CameraAnswer.GRANTED),
    )
    assert seen(two).each == (OWN, FAR)
    assert seen(many).each == (OWN,)
    assert seen(lent).each == (OWN, FAR)


@pytest.mark.parametrize(
    ("held", "by"), [((), "controller"), (("camera ",), "screen"), (("camera stage",), "controller")]
)
def test_who_moves_it(held: tuple[str, ...], by: str) -> None:
    state = RoomState(link=LINK, motion=(1, 0, 0), local_motion={"stage": (0, 0, 0)})
    own, stage = seen(state, "stage", held=held).each
    assert (own.used_by, stage.used_by) == (by, "")


def test_places() -> None:
    state = RoomState(link=LINK, presets={7: "id", 2: "other"}, preset_pictures={2: 5, 3: 6})
    assert seen(state).places == (Place(2, 5), Place(7))
    assert seen(RoomState(link=LINK)).places is None
