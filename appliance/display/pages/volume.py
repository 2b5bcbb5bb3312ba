"""How loud it is while somebody turns the volume, and how loud it is asked to be."""

from appliance.display.pages.parts import header, lines, microphone
from appliance.display.sheet import Level, Sheet
from appliance.display.view import View
from appliance.display.watch import Watch
from appliance.language.text import Text
from appliance.room.state import Phase, RoomState


def volume(view: View, watch: Watch) -> Sheet:
    """A bar that is lit as far as the terminal has confirmed; a line marks what it was asked for."""
    state = view.state
    pending = state.volume_asked is not None and view.now < state.volume_asked.until
    mark = state.volume_asked.value if state.volume_asked and pending else None
    watch.again_in(state.volume_shown_until - view.now)
    return Sheet(
        heads=(header(Text("display.volume"), spare=True),),
        main=Level(state.volume or 0.0, mark),
        lines=lines(_words(state, mark)),
        centred=True,
        bar=microphone(state) if state.phase is Phase.IN_CALL else None,
    )


def _words(state: RoomState, mark: float | None) -> Text:
    asked = 0 if mark is None else round(mark * 100)
    if state.volume is None:
        return Text("display.volume_unknown", asked=asked)
    percent = round(state.volume * 100)
    if mark is None:
        return Text("display.volume_is", percent=percent)
    return Text("display.volume_to", percent=percent, asked=asked)
