"""The password that a conference wants, while somebody types it."""

from appliance.display.canvas import HEIGHT, Canvas
from appliance.display.fonts import BODY, HUGE
from appliance.display.pages.parts import header
from appliance.display.text import clean, label
from appliance.display.view import View
from appliance.language.text import Text
from appliance.room.state import PasswordEntry

_DOT = "•"


def password(canvas: Canvas, view: View) -> None:
    """For whom, a dot for each character (the last can be read for a moment), how many, and what comes next."""
    entry = view.state.password
    if entry is None:
        return
    header(canvas, Text("display.password_for", who=clean(label(entry.whom))), lit=entry.wrong)
    if entry.entered:
        canvas.tail(20, _dots(canvas, entry, view.now), HUGE, secret=True)
    canvas.line(0, HEIGHT - BODY.height, _hint(entry), BODY, centred=True)


def _dots(canvas: Canvas, entry: PasswordEntry, now: float) -> str:
    dots = _DOT * len(entry.entered)
    if now >= entry.readable_until:
        return dots
    canvas.again_in(entry.readable_until - now)
    return dots[:-1] + entry.entered.text[-1]


def _hint(entry: PasswordEntry) -> Text:
    if entry.entered:
        return Text("display.password_length", count=len(entry.entered))
    return Text("display.password_wrong") if entry.wrong else Text("display.password_type")
