"""Pages of a room that cannot be used now: why, in plain words, and what to do."""

from appliance.display.canvas import Canvas
from appliance.display.fonts import LARGE
from appliance.display.pages.parts import message
from appliance.display.view import View


def starting(canvas: Canvas, view: View) -> None:
    """The appliance has just begun."""
    message(canvas, view.room, view.state.link.reason or "Starting…", view.address)


def no_link(canvas: Canvas, view: View) -> None:
    """The terminal does not answer."""
    message(canvas, "No link", view.state.link.reason or "The terminal does not answer", view.address)


def refused(canvas: Canvas, view: View) -> None:
    """The terminal does not let the appliance in."""
    message(
        canvas, "Access refused", view.state.link.reason or "The terminal refuses our PIN or password", view.address
    )


def evicted(canvas: Canvas, view: View) -> None:
    """Somebody else controls the terminal."""
    link = view.state.link
    foot = "Press Call to take over" if link.waits_for_press else "Trying again by itself…"
    message(canvas, "Not in control", link.reason or "Another controller took over", foot)


def offline(canvas: Canvas, view: View) -> None:
    """The terminal has no server."""
    message(canvas, "No server", "The terminal is not connected to its server", view.address)


def connecting(canvas: Canvas, view: View) -> None:
    """The terminal looks for its server."""
    message(canvas, "No server yet", "The terminal is connecting…", view.address)


def login_needed(canvas: Canvas, view: View) -> None:
    """The terminal is not logged in."""
    message(canvas, "Not logged in", "Somebody must log the terminal in", view.address)


def unknown(canvas: Canvas, view: View) -> None:
    """The link is up and the terminal has not said what it is doing."""
    message(canvas, view.room, "State of the terminal: –", view.address)


def halted(canvas: Canvas, view: View) -> None:
    """The last picture: it stays on the glass."""
    canvas.line(0, 20, "Rebooting…" if view.reboots else "Halted", LARGE, centred=True)
