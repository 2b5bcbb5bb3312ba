"""A call in each part of its life."""

import math
from collections.abc import Iterator

from PIL import Image

from appliance.display import icons
from appliance.display.beat import beat
from appliance.display.canvas import Canvas
from appliance.display.fonts import BODY, HEAD, HUGE, SMALL
from appliance.display.pages.choice import has_notice
from appliance.display.pages.parts import BAR_TOP, header, microphone, names, person
from appliance.display.text import MISSING, clean, duration, label
from appliance.display.view import View
from appliance.language.text import NOTHING, Text
from appliance.room import people
from appliance.room.state import Conversation, Phase, RoomState

_BLINK = 1.0  # seconds
_TURNS = 6.0  # seconds: half for who else calls, half for whom the call is with
_HINT_TOP = 25  # where the duration is otherwise
_MARKS_LEFT = 94  # right of the longest duration


def ringing(canvas: Canvas, view: View) -> None:
    """Who calls, and for a group conference which; the header blinks."""
    conversation = view.state.conversation
    group = conversation is not None and conversation.group
    words = Text("display.incoming_group") if group else Text("display.incoming")
    header(canvas, words, lit=canvas.blink(_BLINK))
    person(canvas, conversation, Text("display.press_to_answer"))


def calling(canvas: Canvas, view: View) -> None:
    """Whom the room calls."""
    header(canvas, Text("display.calling"), lit=False)
    person(canvas, view.state.conversation, Text("display.hang_up_to_stop"))


def asked(canvas: Canvas, view: View) -> None:
    """Whom the terminal was asked to call; it has not said that it does."""
    call = view.state.call_asked
    if call is None:
        return
    peer = people.person(view.state, call.peer_id)
    header(canvas, Text("display.call_asked"), lit=False)
    person(canvas, Conversation(peer=peer), Text("display.hang_up_to_stop"))
    canvas.again_in(call.until - view.now)


def waiting_room(canvas: Canvas, view: View) -> None:
    """Whose conference the room waits to be let into: no clock runs, and nobody hears the room.

    In turn: who else calls, and what to press.
    """
    foot = Text("display.wait_to_be_let_in")
    if _second_call(canvas, view.state):
        foot = Text("display.answer_request")
    else:
        header(canvas, Text("display.waiting_room"), lit=False)
    person(canvas, view.state.conversation, foot)


def waiting(canvas: Canvas, view: View) -> None:
    """A call is being set up, and in which direction is not known yet."""
    header(canvas, Text("display.connecting_call"), lit=False)
    person(canvas, view.state.conversation)


def closing(canvas: Canvas, view: View) -> None:
    """The call is being ended."""
    header(canvas, Text("display.ending"), lit=False)
    person(canvas, view.state.conversation)


def in_call(canvas: Canvas, view: View) -> None:
    """With whom (a group: its title), for how long, and what is muted.

    In turn: who else calls and what to press, who wants the camera, and whether the room speaks from the podium or has
    asked for it.
    """
    if _second_call(canvas, view.state):
        canvas.line(0, _HINT_TOP, Text("display.answer_request"), SMALL, width=_MARKS_LEFT - 2)
    else:
        _subject(canvas, view)
        canvas.line(0, 20, _duration(canvas, view), HUGE)
    _marks(canvas, view.state)
    microphone(canvas, view.state)


def _subject(canvas: Canvas, view: View) -> None:
    if view.state.camera_wanted and canvas.blink(_TURNS):
        header(canvas, Text("display.camera_wanted", who=clean(label(view.state.camera_wanted[0]))), lit=True)
    elif (words := _podium(canvas, view)) and canvas.blink(_TURNS):
        header(canvas, words, lit=False)
    else:
        _headline(canvas, view.state.conversation)


def notice(canvas: Canvas, view: View) -> None:
    """A sentence for the person who just did something; in a call the microphone stays in sight."""
    sentence = view.state.notice
    if sentence is None:
        return
    in_call = view.state.phase is Phase.IN_CALL
    canvas.paragraph(0, BAR_TOP - 2 if in_call else BAR_TOP + 16, sentence.text, (HEAD, BODY), centred=True)
    if has_notice(view.state, view.now):
        canvas.again_in(sentence.until - view.now)
    if in_call:
        microphone(canvas, view.state)


def _second_call(canvas: Canvas, state: RoomState) -> bool:
    """Says in its turns who else calls; returns whether it is its turn."""
    other = state.call_waiting
    if other is None or not canvas.blink(_TURNS):
        return False
    header(canvas, Text("display.is_calling", who=clean(names(other)[0])), lit=True)
    return True


def _podium(canvas: Canvas, view: View) -> Text:
    """Where the room is in a role-based conference, or wants to be; nothing where that is nowhere in particular."""
    podium = view.state.podium
    if podium.pending_until is not None and view.now < podium.pending_until:
        return Text("display.podium_pending")
    if podium.asked:
        return Text("display.podium_asked")
    if podium.remark_until is not None and view.now < podium.remark_until:
        left = podium.remark_until - view.now
        canvas.again_in(left - math.ceil(left) + 1)
        return Text("display.remark_left", count=math.ceil(left))
    return Text("display.on_podium") if podium.speaks else NOTHING


def _headline(canvas: Canvas, conversation: Conversation | None) -> None:
    who, more = names(conversation)
    if conversation is not None and conversation.group:
        canvas.icon(0, 4, icons.PEOPLE, NOTHING)
        canvas.line(icons.PEOPLE.width + 3, 0, more, HEAD)
    else:
        canvas.line(0, 0, who, HEAD)


def _duration(canvas: Canvas, view: View) -> str:
    conversation = view.state.conversation
    if conversation is None or conversation.since is None:
        return MISSING
    seconds, left = beat(max(0.0, view.now - conversation.since), 1)
    canvas.again_in(left)
    return duration(seconds)


def _marks(canvas: Canvas, state: RoomState) -> None:
    """Loudspeaker and camera where they are off or not known."""
    y = 19
    for icon, muted, off, unknown in _marked(state):
        if muted is not False:
            canvas.icon(_MARKS_LEFT, y, icon, unknown if muted is None else off)
            words = Text("unknown") if muted is None else Text("display.off")
            canvas.line(_MARKS_LEFT + icon.width + 2, y - 2, words, SMALL, says=NOTHING)
            y += 12


def _marked(state: RoomState) -> Iterator[tuple[Image.Image, bool | None, Text, Text]]:
    """Icon, whether it is off, and what that and not knowing it are called."""
    yield icons.SPEAKER, state.audio_muted, Text("spoken.speaker_off"), Text("spoken.speaker_unknown")
    yield icons.CAMERA, state.video_muted, Text("spoken.camera_off"), Text("spoken.camera_unknown")
