"""The password that a conference wants, while somebody types it."""

from appliance.display.pages.parts import header, lines
from appliance.display.palette import Tone
from appliance.display.sheet import Number, Sheet
from appliance.display.text import clean, label
from appliance.display.view import View
from appliance.display.watch import Watch
from appliance.language.text import Text
from appliance.room.parts.call import PasswordEntry

_DOT = "•"


def password(view: View, watch: Watch) -> Sheet:
    """For whom, a dot for each character (the last can be read for a moment), how many, and what comes next."""
    entry = view.state.password
    if entry is None:
        return Sheet()
    words = Text("display.password_for", who=clean(label(entry.whom)))
    head = header(words, lit=entry.wrong, tone=Tone.ALARM if entry.wrong else Tone.PLAIN)
    typed = Number(_dots(watch, entry, view.now), secret=True) if entry.entered else None
    return Sheet(heads=(head,), main=typed, lines=lines(_hint(entry)), centred=True)


def _dots(watch: Watch, entry: PasswordEntry, now: float) -> str:
    dots = _DOT * len(entry.entered)
    if now >= entry.readable_until:
        return dots
    watch.again_in(entry.readable_until - now)
    return dots[:-1] + entry.entered.text[-1]


def _hint(entry: PasswordEntry) -> Text:
    if entry.entered:
        return Text("display.password_length", count=len(entry.entered))
    return Text("display.password_wrong") if entry.wrong else Text("display.password_type")
