"""What somebody in the conference asks of the room."""

import math

from appliance.display.pages.parts import header, microphone
from appliance.display.palette import Tone
from appliance.display.sheet import Label, Name, Sheet
from appliance.display.text import label
from appliance.display.view import View
from appliance.display.watch import Watch
from appliance.language.text import Text
from appliance.room.decide.requests import open_request
from appliance.room.parts.requests import Request, Wish

_BLINK = 1.0  # seconds

_HEADERS = {
    Wish.PODIUM: Text("display.asked_podium"),
    Wish.REMARK: Text("display.asked_remark"),
    Wish.SPEAK: Text("display.asked_speak"),
    Wish.JOIN: Text("display.asked_join"),
    Wish.RECORD: Text("display.asked_record"),
}


def request(view: View, watch: Watch) -> Sheet:
    """What is asked (blinking until it is answered), by whom, what to press, and for how long they will wait."""
    asked = open_request(view.state)
    if asked is None:
        return Sheet()
    head = header(_HEADERS[asked.wish], lit=asked.answer is None and watch.blink(_BLINK), tone=Tone.SOON)
    foot = _foot(watch, asked, view.now)
    return Sheet(heads=(head,), main=Name(label(asked.who)), lines=(foot,), centred=True, bar=microphone(view.state))


def _foot(watch: Watch, asked: Request, now: float) -> Label:
    if asked.answer is not None:
        return Label(Text("display.accepting") if asked.answer else Text("display.declining"))
    left = None if asked.until is None else asked.until - now
    if left is None or left <= 0:
        return Label(Text("display.answer_request"))
    watch.again_in(left - math.ceil(left) + 1)
    return Label(Text("display.answer_request"), aside=Text("display.seconds_left", count=math.ceil(left)))
