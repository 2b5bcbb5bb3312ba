"""A call in each part of its life."""

import math
from collections.abc import Iterator

from appliance.display import icons
from appliance.display.beat import beat
from appliance.display.pages.choice import has_notice
from appliance.display.pages.parts import header, lines, microphone, names, person
from appliance.display.palette import Tone
from appliance.display.sheet import Head, Mark, Number, Sentence, Sheet, Time
from appliance.display.text import MISSING, clean, duration, label
from appliance.display.view import View
from appliance.display.watch import Watch
from appliance.language.text import NOTHING, Text
from appliance.room import people
from appliance.room.state import Conversation, Phase, RoomState

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
    peer = people.person(view.state, call.peer_id)
    return person(header(Text("display.call_asked")), Conversation(peer=peer), Text("display.hang_up_to_stop"))


def waiting_room(view: View, _watch: Watch) -> Sheet:
    """Whose conference the room waits to be let into: no clock runs, and nobody hears the room.

    In turn: who else calls; then what to press for them.
    """
    heads = (*_second_call(view.state), header(Text("display.waiting_room"), tone=Tone.SOON))
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


def in_call(view: View, watch: Watch) -> Sheet:
    """With whom (a group: its title, and how many), for how long, what is muted, and who records or shows something.

    For a moment in place of how long: the tones that went out. In turn: who else calls (and what to press), who wants
    the camera, and whether the room speaks from the podium or has asked for it.
    """
    state = view.state
    podium = _podium(view, watch)
    turns = (*_second_call(state), *_camera_wanted(state), *((header(podium),) if podium else ()))
    return Sheet(
        heads=(*turns, _headline(state)),
        main=_tones(view, watch) or Time(_duration(view, watch)),
        marks=(*_company(state), *_marks(state)),
        lines=lines(Text("display.answer_request") if state.call_waiting else NOTHING),
        bar=microphone(state),
    )


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


def _second_call(state: RoomState) -> Iterator[Head]:
    """Who else calls, if anybody does."""
    if state.call_waiting is not None:
        who = clean(names(state.call_waiting)[0])
        yield header(Text("display.is_calling", who=who), lit=True, tone=Tone.GOOD)


def _camera_wanted(state: RoomState) -> Iterator[Head]:
    if state.camera_wanted:
        who = clean(label(state.camera_wanted[0]))
        yield header(Text("display.camera_wanted", who=who), lit=True, tone=Tone.SOON)


def _podium(view: View, watch: Watch) -> Text:
    """Where the room is in a role-based conference, or wants to be; nothing where that is nowhere in particular."""
    podium = view.state.podium
    if podium.pending_until is not None and view.now < podium.pending_until:
        return Text("display.podium_pending")
    if podium.asked:
        return Text("display.podium_asked")
    if podium.remark_until is not None and view.now < podium.remark_until:
        left = podium.remark_until - view.now
        watch.again_in(left - math.ceil(left) + 1)
        return Text("display.remark_left", count=math.ceil(left))
    return Text("display.on_podium") if podium.speaks else NOTHING


def _headline(state: RoomState) -> Head:
    who, more = names(state.conversation)
    if state.conversation is None or not state.conversation.group:
        return Head(who)
    company = state.company
    count = len(company.present)
    says = Text("spoken.participants", count=count) if company.listed else NOTHING
    return Head(more, mark=Mark(icons.PEOPLE, says, beside=str(count) if company.listed else ""))


def _tones(view: View, watch: Watch) -> Number | None:
    """The tones that have just gone out; they may be a password, so nobody hears them."""
    tones = view.state.tones
    if view.now >= tones.until:
        return None
    watch.again_in(tones.until - view.now)
    return Number(tones.symbols.text, secret=True)


def _company(state: RoomState) -> Iterator[Mark]:
    """That somebody records the room, which is the first thing to see, and that something is shown beside cameras."""
    if state.company.recording:
        yield Mark(icons.RECORDING, Text("spoken.recorded"), tone=Tone.ALARM)
    if state.company.content:
        yield Mark(icons.SCREEN, Text("spoken.own_content" if "" in state.company.content else "spoken.content"))


def _duration(view: View, watch: Watch) -> str:
    conversation = view.state.conversation
    if conversation is None or conversation.since is None:
        return MISSING
    seconds, left = beat(max(0.0, view.now - conversation.since), 1)
    watch.again_in(left)
    return duration(seconds)


def _marks(state: RoomState) -> Iterator[Mark]:
    """Loudspeaker and camera where they are off or not known."""
    if state.audio_muted:
        yield Mark(icons.SPEAKER_OFF, Text("spoken.speaker_off"), tone=Tone.ALARM)
    elif state.audio_muted is None:
        yield Mark(icons.unknown(icons.SPEAKER), Text("spoken.speaker_unknown"))
    if state.video_muted:
        yield Mark(icons.CAMERA_OFF, Text("spoken.camera_off"), tone=Tone.ALARM)
    elif state.video_muted is None:
        yield Mark(icons.unknown(icons.CAMERA), Text("spoken.camera_unknown"))
