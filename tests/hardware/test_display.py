"""What the OLED's memory holds after the bytes on the I2C bus equals what the room draws."""

import pytest
from PIL import Image

from appliance.display.burnin import WALK
from appliance.display.draw import draw
from appliance.display.view import View
from appliance.room.parts.call import Conversation
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages.enums import ConferenceType
from tests.hardware.room import ANNA, Room

pytestmark = pytest.mark.hardware


def glass_memory(image: Image.Image) -> str:
    """A picture as an SSD1306 keeps it: for each band of 8 rows a byte a column, the lowest bit on top; hexadecimal."""
    pixels = image.load()
    assert pixels is not None
    bands = range(0, image.height, 8)
    return bytes(
        sum(bool(pixels[x, band + bit]) << bit for bit in range(8)) for band in bands for x in range(image.width)
    ).hex()


def references(state: RoomState, *moments: float) -> list[str]:
    """The page of this state at these seconds since it came up, wherever the walk against burn-in may have put it."""
    views = [View(state=state, room="Neptune", address="", now=moment, clock=None) for moment in moments]
    return [glass_memory(draw(view, shift)) for view in views for shift in set(WALK)]


def in_the_room(phase: Phase, conversation: Conversation | None = None, number: str = "") -> RoomState:
    return RoomState(
        link=Link(LinkPhase.UP),
        phase=phase,
        conversation=conversation,
        number=number,
        mic_muted=False,
        audio_muted=False,
        video_muted=False,
    )


def test_the_number_typed_is_on_the_glass(idle: Room) -> None:
    last = idle.type("2045#")[-1]
    wanted = references(in_the_room(Phase.IDLE, number="2045#"), 0)
    idle.note("key down -> picture on the glass", last, idle.guest.on("oled", "wait_frame", wanted, 10, last))
    edge = idle.press("hangup")  # clears it
    assert idle.asked(edge) == []


def test_who_calls_is_on_the_glass(idle: Room) -> None:
    began = idle.now()
    idle.terminal.peer(ANNA, "call")
    told = idle.told("appStateChanged", after=began)
    caller = Conversation(Person(ANNA, "Анна Петрова"), ConferenceType.POINT_TO_POINT)
    wanted = references(in_the_room(Phase.RINGING, caller), 0, 0.7)
    idle.note("event: ringing -> picture on the glass", told, idle.guest.on("oled", "wait_frame", wanted, 10, began))
    assert idle.guest.do("glass")["lit"]


def test_a_display_that_does_not_answer_harms_nobody_and_is_found_when_it_does(idle: Room) -> None:
    idle.guest.do("unplug", device="oled")
    idle.guest.do("plug", device="oled", answers=False)
    idle.until_status("display")
    edge = idle.press("mute")
    idle.sent("setMicMute", after=edge, mute=True)
    back = idle.guest.on("oled", "answer", True)
    idle.note(
        "display answers -> picture on the glass", back, idle.guest.on("oled", "wait_any_frame", 45, back, within=45)
    )
    idle.until_status("")
