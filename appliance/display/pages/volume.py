"""How loud it is while somebody turns the volume, and how loud it is asked to be."""

from appliance.display.canvas import Canvas
from appliance.display.fonts import BODY
from appliance.display.pages.parts import header, microphone
from appliance.display.view import View
from appliance.language.text import Text
from appliance.room.state import Phase, RoomState

_BAR_TOP = 18
_BAR_HEIGHT = 9
_WORDS_TOP = 31


def volume(canvas: Canvas, view: View) -> None:
    """A bar that is lit as far as the terminal has confirmed; a line marks what it was asked for."""
    state = view.state
    pending = state.volume_asked is not None and view.now < state.volume_asked.until
    mark = state.volume_asked.value if state.volume_asked and pending else None
    header(canvas, Text("display.volume"), lit=False)
    canvas.level(_BAR_TOP, _BAR_HEIGHT, state.volume or 0.0, mark)
    canvas.line(0, _WORDS_TOP, _words(state, mark), BODY, centred=True)
    if state.phase is Phase.IN_CALL:
        microphone(canvas, state)
    canvas.again_in(state.volume_shown_until - view.now)


def _words(state: RoomState, mark: float | None) -> Text:
    asked = 0 if mark is None else round(mark * 100)
    if state.volume is None:
        return Text("display.volume_unknown", asked=asked)
    percent = round(state.volume * 100)
    if mark is None:
        return Text("display.volume_is", percent=percent)
    return Text("display.volume_to", percent=percent, asked=asked)
