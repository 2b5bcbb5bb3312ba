"""Pages of a room that cannot be used now: why, in plain words, and what to do."""

from appliance.display.pages.parts import message
from appliance.display.palette import Tone
from appliance.display.sheet import Name, Sheet, Words
from appliance.display.view import View
from appliance.display.watch import Watch
from appliance.language.text import Text
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.show import faults
from appliance.room.show.advice import what_to_do


def starting(view: View, _watch: Watch) -> Sheet:
    """The appliance has just begun."""
    return message(view.room, view.state.link.reason or Text("display.starting_text"), view.address)


def no_link(view: View, watch: Watch) -> Sheet:
    """The terminal does not answer."""
    link = _link(view, watch)
    reason = link.reason or Text("display.no_link_text")
    return message(Text("display.no_link"), reason, *_foot(view, link, view.address), tone=Tone.ALARM)


def refused(view: View, watch: Watch) -> Sheet:
    """The terminal does not let the appliance in."""
    link = _link(view, watch)
    reason = link.reason or Text("display.refused_text")
    return message(Text("display.refused"), reason, *_foot(view, link, view.address), tone=Tone.ALARM)


def evicted(view: View, watch: Watch) -> Sheet:
    """Somebody else controls the terminal."""
    link = _link(view, watch)
    foot = Text("display.press_to_take_over") if link.waits_for_press else Text("display.trying_again")
    reason = link.reason or Text("display.evicted_text")
    return message(Text("display.evicted"), reason, *_foot(view, link, foot), tone=Tone.SOON)


def _link(view: View, watch: Watch) -> Link:
    """The link that something is wrong with, or was; then the page goes away by itself."""
    for at in faults.changes_at(view.state, view.now):
        watch.again_in(at - view.now)
    return faults.trouble(view.state, view.now) or view.state.link


def _foot(view: View, link: Link, otherwise: Words) -> tuple[Words, ...]:
    """What to do, and in turn with it what else there is; that it is over where nothing has to be done any more."""
    if view.state.link.phase is LinkPhase.UP:
        return (Text("display.back_again"),)
    return what_to_do(link), otherwise


def offline(view: View, _watch: Watch) -> Sheet:
    """The terminal has no server."""
    return message(
        Text("display.offline"), Text("display.offline_text"), Text("do.check_server"), view.address, tone=Tone.ALARM
    )


def connecting(view: View, _watch: Watch) -> Sheet:
    """The terminal looks for its server."""
    return message(Text("display.connecting"), Text("display.connecting_text"), view.address, tone=Tone.SOON)


def login_needed(view: View, _watch: Watch) -> Sheet:
    """The terminal is not logged in."""
    return message(Text("display.login_needed"), Text("display.login_needed_text"), view.address, tone=Tone.ALARM)


def unknown(view: View, _watch: Watch) -> Sheet:
    """The link is up and the terminal has not said what it is doing."""
    return message(view.room, Text("display.unknown_text"), view.address)


def halted(_view: View, _watch: Watch) -> Sheet:
    """The last picture: it stays on the glass."""
    return Sheet(main=Name(Text("display.halted"), Tone.QUIET))
