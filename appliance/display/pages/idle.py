"""The room at rest, and a number being typed."""

from appliance.display import icons
from appliance.display.beat import beat
from appliance.display.canvas import HEIGHT, WIDTH, Canvas
from appliance.display.fonts import BODY, CLOCK, HEAD, HUGE, SMALL
from appliance.display.pages.parts import FOOT_TOP, header
from appliance.display.text import date, time_of_day
from appliance.display.view import View
from appliance.language.text import Text
from appliance.room import pin
from appliance.room.show import devices
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages.enums import CallDirection

_CLOCK_TOP = 21
_DATE_LEFT = 88
_TURN = 4.0  # seconds that each of several lines is shown in the same place


def idle(canvas: Canvas, view: View) -> None:
    """Room name, clock, date, address; a mark unless the microphone is on, and what a person should know."""
    canvas.line(0, 0, view.room, HEAD, width=_mark(canvas, view.state))
    canvas.line(0, _CLOCK_TOP, time_of_day(view.clock), CLOCK)
    weekday, day = date(view.clock)
    canvas.line(_DATE_LEFT, _CLOCK_TOP, weekday, SMALL)
    canvas.line(_DATE_LEFT, _CLOCK_TOP + SMALL.height + 1, day, SMALL)
    if view.clock is not None:
        canvas.again_in(60 - view.clock.second - view.clock.microsecond / 1e6)
    _foot(canvas, view)


def dialling(canvas: Canvas, view: View) -> None:
    """The number typed so far, its end always in sight, and what Call will do with it."""
    header(canvas, Text("display.number"), lit=False)
    canvas.tail(20, view.state.number, HUGE)
    hint = _HINTS.get(view.state.phase, Text("display.cannot_dial"))
    canvas.line(0, HEIGHT - BODY.height, hint, BODY, centred=True)


_HINTS = {
    Phase.IDLE: Text("display.press_to_dial"),
    Phase.OFFLINE: Text("display.cannot_dial_offline"),
    Phase.CONNECTING: Text("display.cannot_dial_connecting"),
    Phase.LOGIN_NEEDED: Text("display.cannot_dial_logged_out"),
}


def _mark(canvas: Canvas, state: RoomState) -> int:
    """The microphone in the upper right corner unless it is on; returns the width that is left for the name."""
    if state.mic_muted is False:
        return WIDTH
    icon, says = icons.MICROPHONE_MUTED, Text("spoken.mic_off")
    if state.mic_muted is None:
        icon, says = icons.MICROPHONE_UNKNOWN, Text("spoken.mic_unknown")
    canvas.icon(WIDTH - icon.width, 3, icon, says)
    return WIDTH - icon.width - 4


def _foot(canvas: Canvas, view: View) -> None:
    """The address, in turn with the remark, warnings, missed calls and each service whose hardware is missing."""
    missing = [Text("display.not_connected", device=part) for part in devices.missing(view.state.offline)]
    warnings = [Text("display.pin_will_change")] if pin.will_change(view.state) else []
    remarks = [view.remark] if view.remark else []
    lines: list[Text | str] = [view.address, *remarks, *warnings, *_missed_calls(view.state), *missing]
    turn, left = beat(view.elapsed, _TURN)
    if len(lines) > 1:
        canvas.again_in(left)
    canvas.line(0, FOOT_TOP, lines[turn % len(lines)], SMALL)


def _missed_calls(state: RoomState) -> list[Text]:
    count = sum(call.type is CallDirection.MISSED and not call.viewed for call in state.history)
    return [Text("display.missed_calls", count=count)] if count else []
