"""A press answers only what the display shows, and has shown for a moment.

Call and Clear mean several things. During a call they answer who else calls, or what the room is asked; nobody accepts
that while something covers it (a sentence, the volume, what was asked of the terminal), nor with a press that was on
its way to something else when it came up. So the room remembers since when each is seen (`followed`, after every
change), and a press is held back until then (`only_seen`): one that is covered is uncovered instead, and in the first
moment nothing happens. What the display shows is `display.pages.choice`.

A call that rings is not among them: its page covers all others, and who lifts a handset answers it, as everywhere.
"""

from appliance.room.change import changed
from appliance.room.decide.requests import open_request
from appliance.room.intents.base import Intent
from appliance.room.intents.call import Answer, Decline
from appliance.room.intents.camera import KeepCamera, LendCamera
from appliance.room.intents.conference import AcceptRequest, DeclineRequest
from appliance.room.intents.shown import Explain, ShowPrompt
from appliance.room.parts.requests import Prompt
from appliance.room.state import GOING_ON, Phase, RoomState
from appliance.room.texts import camera_wanted

SETTLED = 0.7
"""Seconds for which something must have been seen: people take longer to read it and to press than that."""

_About = tuple[str, str]  # kind and peer id


def followed(state: RoomState, now: float) -> RoomState:
    """Returns the room with what a press would answer, and since when, or from when on, that is seen."""
    prompt = _prompt(state, state.prompt, _asked(state), _covered_until(state), now)
    wanted = _wanted(state)
    camera = _prompt(state, state.camera_prompt, wanted, _camera_cover(state), now) if wanted else None
    return changed(state, prompt=prompt, camera_prompt=camera)


def only_seen(meant: tuple[Intent, ...], state: RoomState, now: float) -> tuple[Intent, ...]:
    """Returns what a press means, unless that answers what is not seen yet: then what shows it, or nothing."""
    for intent in meant:
        prompt, show = _answered(intent, state)
        if prompt is None:
            continue
        if prompt.shown_from is None or now < prompt.shown_from:
            return (show,)
        if now < prompt.shown_from + SETTLED:
            return ()
    return meant


def _asked(state: RoomState) -> _About | None:
    """Returns what Call and Clear answer during a call: who else calls comes first."""
    if state.phase in GOING_ON and state.call_waiting is not None:
        peer = state.call_waiting.peer
        return "call", peer.peer_id if peer else ""
    request = open_request(state)
    return None if request is None else (request.wish, request.who.peer_id)


def _wanted(state: RoomState) -> _About | None:
    here = state.camera_wanted and state.phase is Phase.IN_CALL
    return ("camera", state.camera_wanted[0].peer_id) if here else None


def _prompt(
    state: RoomState, known: Prompt | None, about: _About | None, cover: float | None, now: float
) -> Prompt | None:
    """Returns the same prompt as long as it is seen; `cover`: until when something covers it, None: nobody knows.

    What was asked of the terminal stands above who else calls or what the room is asked, but leaves the rest of the
    page: that covers only what comes up beneath it.
    """
    if about is None:
        return None
    if cover is None or cover > now:
        return Prompt(*about, cover)
    if known and (known.kind, known.who) == about and known.shown_from is not None and known.shown_from <= now:
        return known
    return Prompt(*about, max(now, state.asked.until if state.asked else 0.0))


def _covered_until(state: RoomState) -> float:
    return max(state.notice.until if state.notice else 0.0, state.volume_shown_until)


def _camera_cover(state: RoomState) -> float | None:
    """Returns until when nobody sees who wants the camera: a sentence says it, or the page of the call by itself."""
    if state.notice is not None and state.notice.text == camera_wanted(state.camera_wanted[0].label):
        return 0.0
    return None if _asked(state) is not None else _covered_until(state)


def _answered(intent: Intent, state: RoomState) -> tuple[Prompt | None, Intent]:
    """Returns what an intent answers, if it answers anything that has to be seen, and what shows that."""
    match intent:
        case LendCamera() | KeepCamera() if state.camera_wanted:
            return state.camera_prompt, Explain(camera_wanted(state.camera_wanted[0].label))
        case Answer() | Decline() if state.phase in GOING_ON:
            return state.prompt, ShowPrompt()
        case AcceptRequest() | DeclineRequest():
            return state.prompt, ShowPrompt()
        case _:
            return None, intent
