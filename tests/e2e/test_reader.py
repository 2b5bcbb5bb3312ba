"""A badge in front of a reader calls."""

from structlog.testing import capture_logs

from appliance.room.inputs import Scanned
from appliance.room.state import Phase
from appliance.room.texts import MISREAD, UNKNOWN_CODE
from tests.e2e.world import ANNA, World, a_room

BADGES = f"""
[readers.badge]
device = "RFID"
[readers.badge.codes]
"0006871123" = "call {ANNA}"
"""
QR = """
[readers.badge]
device = "RFID"
other = "call {code}"
"""


def read(world: World, code: str) -> None:
    for symbol in (*code, "call"):  # readers end with the Enter key
        world.hardware.keypads["badge"].key(symbol)


async def test_a_badge_calls_whom_the_configuration_says(clock: object) -> None:
    async with a_room(terminal=BADGES) as world:
        with capture_logs() as logs:
            read(world, "0006871123")
            await world.until_sent("call", peerId=ANNA)
            await world.until_phase(Phase.CALLING)
        assert "0006871123" not in str(logs)


async def test_a_badge_that_nobody_knows_says_so_and_does_nothing(clock: object) -> None:
    async with a_room(terminal=BADGES) as world:
        read(world, "0006871199")
        await world.until(lambda state: state.notice is not None and state.notice.text == UNKNOWN_CODE)
        assert world.asked() == []


async def test_a_code_may_be_the_number_itself(clock: object) -> None:
    async with a_room(terminal=QR) as world:
        read(world, "100")
        await world.until_sent("call", peerId="100")


def test_what_was_read_is_in_no_repr() -> None:
    assert repr(Scanned("badge", "0006871123")) == "Scanned(reader='badge', 10 characters)"


async def test_what_cannot_be_decoded_is_said_and_does_nothing(clock: object) -> None:
    async with a_room(terminal=QR) as world:
        badge = world.hardware.keypads["badge"]
        badge.key("LEFTALT", True)
        read(world, "65")
        badge.key("LEFTALT", False)
        await world.until(lambda state: state.notice is not None and state.notice.text == MISREAD)
        assert world.asked() == []


async def test_a_separator_is_never_left_out_of_a_number(clock: object) -> None:
    async with a_room(terminal=QR) as world:
        badge = world.hardware.keypads["badge"]
        badge.key("LEFTCTRL", True)
        badge.key("RIGHTBRACE")
        badge.key("LEFTCTRL", False)
        read(world, "100")
        await world.until(lambda state: state.notice is not None and state.notice.text == UNKNOWN_CODE)
        assert world.asked() == []
