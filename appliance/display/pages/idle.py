"""The room at rest, and a number being typed."""

from collections.abc import Iterator
from datetime import timedelta

import msgspec

from appliance.display.pages import meetings
from appliance.display.pages.parts import header, lines, silent, still
from appliance.display.palette import Tone
from appliance.display.sheet import Head, Label, Number, Sheet, Time, Words
from appliance.display.text import date, time_of_day
from appliance.display.view import View
from appliance.display.watch import Watch
from appliance.language.text import NOTHING, Text
from appliance.room import pin
from appliance.room.parts.closed import Undisturbed
from appliance.room.show import devices, faults
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages.enums import CallDirection


def idle(view: View, watch: Watch) -> Sheet:
    """Room name and clock; where there is a meeting, which it is, else the date; and what a person should know."""
    meeting = meetings.concerns(view)
    dated = meeting is None and view.clock is not None
    beside = tuple(Label(text, tone=Tone.QUIET) for text in date(view.clock)) if dated else ()
    meetings.next_minute(view, watch)
    return Sheet(
        heads=(Head(view.room, corner=silent(view.state), still=meeting is not None),),
        main=Time(time_of_day(view.clock), beside, large=True),
        topic=meeting,
        lines=(*lines(*_foot(view, watch), meetings.join(view)), *still(*meetings.after(view))),
    )


def meeting_soon(view: View, watch: Watch) -> Sheet:
    """The meeting that begins in a few minutes, and what a person should know besides."""
    sheet = meetings.soon(view)
    meetings.next_minute(view, watch)
    foot = (*lines(meetings.join(view), *_foot(view, watch)), *still(meetings.owner(view)))
    return msgspec.structs.replace(sheet, lines=(*sheet.lines, *foot))


def dialling(view: View, _watch: Watch) -> Sheet:
    """The number typed so far, its end always in sight, and what Call will do with it."""
    hint = _HINTS.get(view.state.phase, Text("display.cannot_dial"))
    head = header(Text("display.number"), spare=True)
    return Sheet(heads=(head,), main=Number(view.state.number), lines=lines(hint), centred=True)


_HINTS = {
    Phase.IDLE: Text("display.press_to_dial"),
    Phase.OFFLINE: Text("display.cannot_dial_offline"),
    Phase.CONNECTING: Text("display.cannot_dial_connecting"),
    Phase.LOGIN_NEEDED: Text("display.cannot_dial_logged_out"),
}


def _foot(view: View, watch: Watch) -> Iterator[Words]:
    """Yields the address for a while, missing hardware, the remark, warnings and missed calls: what is wrong first."""
    state, now = view.state, view.now
    for at in faults.changes_at(state, now):
        watch.again_in(at - now)
    if state.locked is not None:
        yield Text("display.lock_paused") if state.locked.paused else Text("display.locked")
    if state.undisturbed is not None:
        yield _quiet(state.undisturbed, view)
    if now < state.address_until:
        watch.again_in(state.address_until - now)
        yield view.address
    yield from (Text("display.not_connected", device=part) for part in devices.missing(faults.missing(state, now)))
    yield view.remark
    yield Text("display.pin_will_change") if pin.will_change(state) else NOTHING
    yield from _missed_calls(state)


def _quiet(quiet: Undisturbed, view: View) -> Text:
    """That nothing rings, and until when by the clock on the wall."""
    if quiet.until is None or view.clock is None:
        return Text("display.quiet")
    ends = view.clock + timedelta(seconds=quiet.until - view.now)
    return Text("display.quiet_until", time=time_of_day(ends))


def _missed_calls(state: RoomState) -> list[Text]:
    count = sum(call.type is CallDirection.MISSED and not call.viewed for call in state.history)
    return [Text("display.missed_calls", count=count)] if count else []
