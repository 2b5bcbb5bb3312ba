"""A call while it goes on."""

import math
from collections.abc import Iterator

from appliance.display import icons
from appliance.display.beat import beat
from appliance.display.pages.parts import header, lines, microphone, names
from appliance.display.palette import Tone
from appliance.display.sheet import Head, Mark, Number, Sheet, Time
from appliance.display.text import MISSING, clean, duration, label
from appliance.display.view import View
from appliance.display.watch import Watch
from appliance.language.text import NOTHING, Text
from appliance.room.state import RoomState


def in_call(view: View, watch: Watch) -> Sheet:
    """With whom (a group: its title, and how many), for how long, what is muted, and who records or shows something.

    For a moment in place of how long: the tones that went out. In turn: who else calls (and what to press), who wants
    the camera, and whether the room speaks from the podium or has asked for it.
    """
    state = view.state
    podium = _podium(view, watch)
    turns = (*second_call(state), *_camera_wanted(state), *((header(podium),) if podium else ()))
    return Sheet(
        heads=(*turns, _headline(state)),
        main=_tones(view, watch) or Time(_duration(view, watch)),
        marks=(*_company(state), *_marks(state)),
        lines=lines(Text("display.answer_request") if state.call_waiting else NOTHING),
        bar=microphone(state),
    )


def second_call(state: RoomState) -> Iterator[Head]:
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
