"""The PIN that unlocks the room, while somebody types it."""

from appliance.display.pages.parts import header
from appliance.display.sheet import Number, Sheet
from appliance.display.view import View
from appliance.display.watch import Watch
from appliance.language.text import Text

_DOT = "•"


def lock_pin(view: View, _watch: Watch) -> Sheet:
    """A dot for each digit; none of them can be read, as it is the same PIN each time."""
    entry = view.state.locked
    dots = _DOT * (len(entry.entered) if entry else 0)
    return Sheet(heads=(header(Text("display.lock_pin")),), main=Number(dots, secret=True), centred=True)
