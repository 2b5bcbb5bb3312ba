"""The room at rest, and a number being typed."""

from datetime import datetime

from appliance.display import fonts, icons
from appliance.display.beat import beat
from appliance.display.canvas import HEIGHT, WIDTH, Canvas
from appliance.display.fonts import BODY, CLOCK, HEAD, HUGE, SMALL
from appliance.display.pages import meetings
from appliance.display.pages.parts import FOOT_TOP, header
from appliance.display.text import date, time_of_day
from appliance.display.view import View
from appliance.language.text import NOTHING, Text
from appliance.room import pin
from appliance.room.show import devices, faults
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages.enums import CallDirection

_CLOCK_TOP = 21
_DATE_LEFT = 88
_GAP = 4  # pixels between what stands in one line
_TURN = 4.0  # seconds that each of several lines is shown in the same place


def idle(canvas: Canvas, view: View) -> None:
    """Room name and clock; where there is a meeting, which it is, else the date; and what a person should know."""
    meeting = meetings.concerns(view)
    if meeting is None or view.clock is None:
        canvas.line(0, 0, view.room, HEAD, width=_mark(canvas, view.state, WIDTH))
        _clock(canvas, view.clock)
    else:
        time = time_of_day(view.clock)
        left = WIDTH - fonts.width(time, HEAD) - _GAP
        canvas.line(0, 0, view.room, HEAD, width=_mark(canvas, view.state, left), still=True)
        canvas.line(left + _GAP, 0, time, HEAD)
        meetings.agenda(canvas, view, meeting, view.clock)
    meetings.next_minute(canvas, view)
    foot(canvas, view, *meetings.after(view))


def meeting_soon(canvas: Canvas, view: View) -> None:
    """The meeting that begins in a few minutes, and what a person should know besides."""
    meetings.soon(canvas, view)
    foot(canvas, view, meetings.owner(view))


def _clock(canvas: Canvas, clock: datetime | None) -> None:
    canvas.line(0, _CLOCK_TOP, time_of_day(clock), CLOCK)
    weekday, day = date(clock)
    canvas.line(_DATE_LEFT, _CLOCK_TOP, weekday, SMALL)
    canvas.line(_DATE_LEFT, _CLOCK_TOP + SMALL.height + 1, day, SMALL)


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


def _mark(canvas: Canvas, state: RoomState, width: int) -> int:
    """The microphone at the end of the first `width` pixels unless it is on; returns what is left for the name."""
    if state.mic_muted is False:
        return width
    icon, says = icons.MICROPHONE_MUTED, Text("spoken.mic_off")
    if state.mic_muted is None:
        icon, says = icons.MICROPHONE_UNKNOWN, Text("spoken.mic_unknown")
    canvas.icon(width - icon.width, 3, icon, says)
    return width - icon.width - _GAP


def foot(canvas: Canvas, view: View, *more: Text | str) -> None:
    """In turn: the address for a while, missing hardware, the remark, warnings, missed calls, and what `more` there is.

    What is wrong comes first, since turns begin anew when something is. What is `more` than that does not scroll.
    """
    state, now = view.state, view.now
    for at in faults.changes_at(state, now):
        canvas.again_in(at - now)
    if now < state.address_until:
        canvas.again_in(state.address_until - now)
    address = view.address if now < state.address_until else ""
    missing = [Text("display.not_connected", device=part) for part in devices.missing(faults.missing(state, now))]
    warning = Text("display.pin_will_change") if pin.will_change(state) else NOTHING
    lines = [line for line in (address, *missing, view.remark, warning, *_missed_calls(state), *more) if line]
    turn, left = beat(view.elapsed, _TURN)
    if len(lines) > 1:
        canvas.again_in(left)
    if lines:
        line = lines[turn % len(lines)]
        canvas.line(0, FOOT_TOP, line, SMALL, still=line in more)


def _missed_calls(state: RoomState) -> list[Text]:
    count = sum(call.type is CallDirection.MISSED and not call.viewed for call in state.history)
    return [Text("display.missed_calls", count=count)] if count else []
