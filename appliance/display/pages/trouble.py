"""Pages of a room that cannot be used now: why, in plain words, and what to do."""

from appliance.display.canvas import Canvas
from appliance.display.fonts import LARGE
from appliance.display.pages.parts import message
from appliance.display.view import View
from appliance.language.text import NOTHING, Text
from appliance.room.show import faults
from appliance.room.state import Link, LinkPhase


def starting(canvas: Canvas, view: View) -> None:
    """The appliance has just begun."""
    message(canvas, view.room, view.state.link.reason or Text("display.starting_text"), view.address)


def no_link(canvas: Canvas, view: View) -> None:
    """The terminal does not answer."""
    link = _link(canvas, view)
    message(canvas, Text("display.no_link"), link.reason or Text("display.no_link_text"), _over(view) or view.address)


def refused(canvas: Canvas, view: View) -> None:
    """The terminal does not let the appliance in."""
    link = _link(canvas, view)
    reason = link.reason or Text("display.refused_text")
    message(canvas, Text("display.refused"), reason, _over(view) or view.address)


def evicted(canvas: Canvas, view: View) -> None:
    """Somebody else controls the terminal."""
    link = _link(canvas, view)
    foot = Text("display.press_to_take_over") if link.waits_for_press else Text("display.trying_again")
    message(canvas, Text("display.evicted"), link.reason or Text("display.evicted_text"), _over(view) or foot)


def _link(canvas: Canvas, view: View) -> Link:
    """The link that something is wrong with, or was; then the page goes away by itself."""
    for at in faults.changes_at(view.state, view.now):
        canvas.again_in(at - view.now)
    return faults.trouble(view.state, view.now) or view.state.link


def _over(view: View) -> Text:
    """What to say in place of what to do, where nothing has to be done any more."""
    return Text("display.back_again") if view.state.link.phase is LinkPhase.UP else NOTHING


def offline(canvas: Canvas, view: View) -> None:
    """The terminal has no server."""
    message(canvas, Text("display.offline"), Text("display.offline_text"), view.address)


def connecting(canvas: Canvas, view: View) -> None:
    """The terminal looks for its server."""
    message(canvas, Text("display.connecting"), Text("display.connecting_text"), view.address)


def login_needed(canvas: Canvas, view: View) -> None:
    """The terminal is not logged in."""
    message(canvas, Text("display.login_needed"), Text("display.login_needed_text"), view.address)


def unknown(canvas: Canvas, view: View) -> None:
    """The link is up and the terminal has not said what it is doing."""
    message(canvas, view.room, Text("display.unknown_text"), view.address)


def halted(canvas: Canvas, _view: View) -> None:
    """The last picture: it stays on the glass."""
    canvas.line(0, 20, Text("display.halted"), LARGE, centred=True)
