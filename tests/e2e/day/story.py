"""What happens on that day: when (of the clock on the wall), what, and how it is done."""

from collections.abc import Awaitable, Callable
from datetime import time

import msgspec
import trio

from appliance.terminal.messages.enums import ConferenceType, RejectCause
from tests.e2e.day.record import Recorder
from tests.e2e.day.room import Room
from tests.e2e.world import ANNA, JOHN, RECEPTION
from tests.virtual_time import passes

SUPPORT, GARCIA = "support@meet.example.com", "m.garcia@meet.example.com"
LECTURE = ConferenceType.ROLE_BASED
FINGERS = 200_000  # microseconds

Act = Callable[[Room], Awaitable[object] | None]


class Happening(msgspec.Struct, frozen=True):
    """One thing that somebody does, at `at` (HH:MM:SS); the next such time of the clock counts.

    Fingers move a little after a full second, and everything else (.4) later: what falls due at the same moment, such
    as a minute of the clock, comes in any order.
    """

    at: str
    what: str
    act: Act


async def play(room: Room, recorder: Recorder) -> None:
    """Lets the day go by."""
    for happening in STORY:
        that = time.fromisoformat(happening.at)
        await trio.sleep(room.wall.seconds_to(that.replace(microsecond=that.microsecond or FINGERS)))
        recorder.happens(happening.what)
        done = happening.act(room)
        if done is not None:
            await done


def press(button: str) -> Act:
    """Returns what a finger does on a button."""
    return lambda room: room.press(button)


def keys(symbols: tuple[str, ...]) -> Act:
    """Returns what a finger does on keys, one after the other."""

    async def typed(room: Room) -> None:
        for symbol in symbols:
            room.type((symbol,))
            await passes(1)

    return typed


def key(symbol: str) -> Act:
    """Returns what a finger does on a key."""
    return lambda room: room.type((symbol,))


def time_is_known(room: Room) -> None:
    """A time server answers."""
    room.wall.known = True


def call(who: str) -> Act:
    """Returns what somebody does who calls the room."""
    return lambda room: room.simulator.peer(who).call()


def answer(who: str) -> Act:
    """Returns what somebody does whom the room calls."""
    return lambda room: room.simulator.peer(who).answer()


def leave(who: str) -> Act:
    """Returns what somebody does who hangs up."""
    return lambda room: room.simulator.peer(who).leave()


def owner_mutes(*, mute: bool) -> Act:
    """Returns what the owner of a conference does to the room."""
    return lambda room: room.simulator.mute_room("mic", mute=mute)


def keypad_is_plugged(*, plugged: bool) -> Act:
    """Returns what somebody does with the keypad's plug."""

    def moved(room: Room) -> None:
        keypad = room.hardware.keypads["keypad"]
        (keypad.plug if plugged else keypad.unplug)()
        room.hardware.revision.changed()

    return moved


def network_fails(room: Room) -> None:
    """The connection breaks, and no other can be made for a while."""
    room.simulator.faults.wrong_ports(20)
    room.simulator.drop()


async def glances(room: Room) -> None:
    """Somebody comes in and taps a key, and sees the room; nothing is called."""
    room.type(("0",))
    await passes(3)
    room.type(("backspace",))


STORY = (
    Happening("07:58:00.4", "The box is switched on; no time server has told it the time yet.", Room.switch_on),
    Happening("07:58:25.4", "A time server answers.", time_is_known),
    Happening("08:30:00", "Somebody wants to be sure that nobody hears the room, and presses Mute.", press("mute")),
    Happening("08:30:20", "… and again.", press("mute")),
    Happening("08:51:00", "Somebody comes in, and looks what is next.", glances),
    Happening("09:00:30", "Somebody presses Join.", press("join")),
    Happening("09:01:00.4", "John joins.", lambda room: room.simulator.peer(ANNA).bring(JOHN)),
    Happening("09:01:20.4", "María joins.", lambda room: room.simulator.peer(ANNA).bring(GARCIA)),
    Happening("09:01:40.4", "John leaves.", lambda room: room.simulator.peer(ANNA).take_out(JOHN)),
    Happening("09:02:00", "Somebody coughs, and presses Mute.", press("mute")),
    Happening("09:02:10", "… and again.", press("mute")),
    Happening("09:02:30.4", "Anna mutes the room.", owner_mutes(mute=True)),
    Happening("09:02:45.4", "… and lets it speak again.", owner_mutes(mute=False)),
    Happening("09:03:00.4", "Anna asks to record the room.", lambda room: room.simulator.peer(ANNA).ask_to_record()),
    Happening("09:03:08", "Somebody presses Call: yes.", press("call")),
    Happening("09:03:20.4", "Anna stops recording.", lambda room: room.simulator.peer(ANNA).stop_recording()),
    Happening("09:03:40.4", "Anna shows her slides.", lambda room: room.simulator.peer(ANNA).show(1)),
    Happening("09:04:00.4", "… and ends that.", lambda room: room.simulator.peer(ANNA).show(0)),
    Happening("09:04:20.4", "The support calls.", call(SUPPORT)),
    Happening("09:04:30", "Somebody presses Clear: not now.", key("clear")),
    Happening(
        "09:05:00.4", "Anna asks for the room's camera.", lambda room: room.simulator.peer(ANNA).ask_for_camera()
    ),
    Happening("09:05:10", "Somebody lets her.", key("F3")),
    Happening("09:06:00", "Somebody hangs up.", press("hangup")),
    Happening("09:30:00.4", "Reception calls, and nobody is there.", call(RECEPTION)),
    Happening("09:30:15.4", "Reception gives up.", leave(RECEPTION)),
    Happening("09:30:40", "Somebody comes back, and calls Reception.", press("call")),
    Happening("09:30:46.4", "Reception answers.", answer(RECEPTION)),
    Happening("09:31:00", "The machine there asks for a number: 1, 2, #.", keys(("1", "2", "#"))),
    Happening("09:31:20.4", "Reception hangs up.", leave(RECEPTION)),
    Happening("09:32:00", "Somebody calls again: redial.", key("*")),
    Happening("09:32:05.4", "Reception is busy.", lambda room: room.simulator.peer(RECEPTION).busy()),
    Happening(
        "09:59:00.4",
        "John invites the room into his lecture.",
        lambda room: room.simulator.peer(JOHN).call(LECTURE, "Design review"),
    ),
    Happening("09:59:05", "Somebody presses Call.", press("call")),
    Happening("10:00:00", "Somebody in the room has a remark.", key("F4")),
    Happening(
        "10:01:00.4", "John invites the room to the podium.", lambda room: room.simulator.peer(JOHN).invite_to_speak()
    ),
    Happening("10:01:08", "Somebody presses Clear: rather not.", key("clear")),
    Happening("10:02:00.4", "John ends his lecture.", leave(JOHN)),
    Happening("11:00:00", "Somebody calls the board's conference, which wants a password.", key("F1")),
    Happening("11:00:05", "They type a wrong one.", keys(("1", "1", "1", "call"))),
    Happening("11:00:15", "They type the right one.", keys(("1", "3", "2", "call"))),
    Happening("11:01:00.4", "The network between box and terminal fails, for 20 s.", network_fails),
    Happening("11:01:30", "Somebody hangs up.", press("hangup")),
    Happening("12:00:00.4", "The terminal restarts, which takes 40 s.", lambda room: room.simulator.restart()),
    Happening(
        "13:00:00.4", "Another controller takes the terminal over.", lambda room: room.simulator.take_over("admin")
    ),
    Happening("13:01:00", "Somebody presses Call to take it back.", press("call")),
    Happening("14:00:00.4", "The cleaner pulls the keypad out.", keypad_is_plugged(plugged=False)),
    Happening("14:01:00.4", "… and puts it in again.", keypad_is_plugged(plugged=True)),
    Happening("15:00:00.4", "The terminal loses its server.", lambda room: room.simulator.lose_server()),
    Happening("15:01:00.4", "… and finds it again.", lambda room: room.simulator.restore_server()),
    Happening("18:00:00", "The last one calls Reception, who declines.", press("call")),
    Happening(
        "18:00:05.4", "Reception declines.", lambda room: room.simulator.peer(RECEPTION).reject(RejectCause.REJECTED)
    ),
    Happening("01:58:00", "The night guard taps a key.", glances),
    Happening("03:02:00", "Clocks have gone forward. The night guard taps a key.", glances),
    Happening("03:20:00.4", "The box is switched off.", Room.switch_off),
)
