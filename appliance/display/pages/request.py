"""What somebody in the conference asks of the room."""

import math

from appliance.display.canvas import WIDTH, Canvas
from appliance.display.fonts import LARGE, SMALL
from appliance.display.pages.parts import header, microphone
from appliance.display.text import clean, label
from appliance.display.view import View
from appliance.language.text import Text
from appliance.room.decide.requests import open_request
from appliance.room.state import Request, Wish

_BLINK = 1.0  # seconds
_FOOT_TOP = 31  # above the microphone, which stays in sight
_SECONDS_LEFT = 97  # where the seconds begin

_HEADERS = {
    Wish.PODIUM: Text("display.asked_podium"),
    Wish.REMARK: Text("display.asked_remark"),
    Wish.SPEAK: Text("display.asked_speak"),
    Wish.JOIN: Text("display.asked_join"),
    Wish.RECORD: Text("display.asked_record"),
}


def request(canvas: Canvas, view: View) -> None:
    """What is asked (blinking until it is answered), by whom, what to press, and for how long they will wait."""
    asked = open_request(view.state)
    if asked is None:
        return
    header(canvas, _HEADERS[asked.wish], lit=asked.answer is None and canvas.blink(_BLINK))
    canvas.line(0, 12, clean(label(asked.who)), LARGE, centred=True)
    _foot(canvas, asked, view.now)
    microphone(canvas, view.state)


def _foot(canvas: Canvas, asked: Request, now: float) -> None:
    if asked.answer is not None:
        words = Text("display.accepting") if asked.answer else Text("display.declining")
        canvas.line(0, _FOOT_TOP, words, SMALL, centred=True)
        return
    left = None if asked.until is None else asked.until - now
    if left is None or left <= 0:
        canvas.line(0, _FOOT_TOP, Text("display.answer_request"), SMALL, centred=True)
        return
    canvas.line(0, _FOOT_TOP, Text("display.answer_request"), SMALL, width=_SECONDS_LEFT - 2)
    canvas.line(
        _SECONDS_LEFT,
        _FOOT_TOP,
        Text("display.seconds_left", count=math.ceil(left)),
        SMALL,
        width=WIDTH - _SECONDS_LEFT,
    )
    canvas.again_in(left - math.ceil(left) + 1)
