"""A call in each part of its life."""

import math

from appliance.display.pages.choice import has_notice
from appliance.display.pages.in_call import second_call
from appliance.display.pages.parts import header, lines, microphone, person
from appliance.display.palette import Tone
from appliance.display.sheet import Sentence, Sheet
from appliance.display.view import View
from appliance.display.watch import Watch
from appliance.language.text import NOTHING, Text
from appliance.room.parts.call import Conversation
from appliance.room.people import who
from appliance.room.state import Phase

_BLINK = 1.0  # seconds


def ringing(view: View, watch: Watch) -> Sheet:
    """Who calls, and for a group conference which; the header blinks."""
    conversation = view.state.conversation
    group = conversation is not None and conversation.group
    words = Text("display.incoming_group") if group else Text("display.incoming")
    head = header(words, lit=watch.blink(_BLINK), tone=Tone.GOOD)
    return person(head, conversation, Text("display.press_to_answer"))


def calling(view: View, _watch: Watch) -> Sheet:
    """Whom the room calls."""
    return person(header(Text("display.calling")), view.state.conversation, Text("display.hang_up_to_stop"))


def asked(view: View, watch: Watch) -> Sheet:
    """Whom the terminal was asked to call; it has not said that it does."""
    call = view.state.call_asked
    if call is None:
        return Sheet()
    watch.again_in(call.until - view.now)
    peer = who.person(view.state, call.peer_id)
    return person(header(Text("display.call_asked")), Conversation(peer=peer), Text("display.hang_up_to_stop"))


def waiting_room(view: View, _watch: Watch) -> Sheet:
    """Whose conference the room waits to be let into: no clock runs, and nobody hears the room.

    In turn: who else calls; then what to press for them.
    """
    heads = (*second_call(view.state), header(Text("display.waiting_room"), tone=Tone.SOON))
    second = view.state.call_waiting is not None
    foot = Text("display.answer_request") if second else Text("display.wait_to_be_let_in")
    sheet = person(heads[-1], view.state.conversation, foot)
    return Sheet(heads=heads, main=sheet.main, lines=sheet.lines, centred=True)


def waiting(view: View, _watch: Watch) -> Sheet:
    """A call is being set up, and in which direction is not known yet."""
    return person(header(Text("display.connecting_call")), view.state.conversation)


def closing(view: View, _watch: Watch) -> Sheet:
    """The call is being ended."""
    return person(header(Text("display.ending")), view.state.conversation)


def notice(view: View, watch: Watch) -> Sheet:
    """A sentence for the person who just did something; in a call the microphone stays in sight."""
    sentence = view.state.notice
    if sentence is None:
        return Sheet()
    if has_notice(view.state, view.now):
        watch.again_in(sentence.until - view.now)
    bar = microphone(view.state) if view.state.phase is Phase.IN_CALL else None
    return Sheet(main=Sentence(sentence.text, loud=True), lines=lines(_to_confirm(view, watch)), centred=True, bar=bar)


def _to_confirm(view: View, watch: Watch) -> Text:
    """For how long a press can still be confirmed, below the sentence that asks for it."""
    waits, sentence = view.state.confirming, view.state.notice
    if waits is None or sentence is None or waits.text != sentence.text or view.now >= waits.until:
        return NOTHING
    left = waits.until - view.now
    watch.again_in(left - math.ceil(left) + 1)
    return Text("display.seconds_left", count=math.ceil(left))
