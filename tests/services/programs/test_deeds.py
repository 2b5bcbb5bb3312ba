"""What a program did, in words for the display."""

import msgspec
import pytest

from appliance.room.change import NOTICE_SECONDS
from appliance.room.local_events.awaited import DeedsOver, ProgramDid
from appliance.room.local_events.shown import NoticeShown
from appliance.room.reactions.deeds import deeds
from appliance.room.reduce.local.told import MOST_DEEDS
from appliance.room.reduce.reduce import reduce
from appliance.room.state import Phase, RoomState
from appliance.services.programs.deeds import CONFIRMED, words
from appliance.share.deeds import Deed
from appliance.terminal.messages.every import COMMANDS
from tests.room.reactions.living import Living
from tests.room.rooms import room
from tests.some import some


@pytest.mark.parametrize(
    ("method", "mute", "said"),
    [
        ("setMicMute", True, "Muted by crestron"),
        ("SETMICMUTE", False, "Unmuted by crestron"),
        ("setMicMute", None, None),
        ("setAudioMute", True, "Loudspeaker muted by crestron"),
        ("setAudioMute", False, "Loudspeaker unmuted by crestron"),
        ("setVideoMute", True, "Camera switched off by crestron"),
        ("setVideoMute", False, "Camera switched on by crestron"),
        ("call", None, "Call placed by crestron"),
        ("accept", None, "Call answered by crestron"),
        ("reject", None, None),
        ("hangUp", None, "Call ended by crestron"),
        ("createConference", None, "Conference opened by crestron"),
        ("ptzLeft", None, None),
        ("setSettings", None, None),
    ],
)
def test_what_the_room_sees_is_said(method: str, mute: bool | None, said: str | None) -> None:
    assert method.lower() in {each.lower() for each in COMMANDS}
    told = words(Deed("crestron", method, 0.0, mute), 10.0)
    assert (None if told is None else str(told.text)) == said
    assert told is None or told.until == 10.0 + CONFIRMED


@pytest.mark.parametrize(
    ("method", "mute", "before", "after"),
    [
        ("setMicMute", True, room(Phase.IN_CALL, mic_muted=False), room(Phase.IN_CALL, mic_muted=True)),
        ("setAudioMute", False, room(audio_muted=None), room(audio_muted=False)),
        ("setVideoMute", True, room(video_muted=False), room(video_muted=True)),
        ("call", None, room(), room(Phase.CALLING)),
        ("accept", None, room(Phase.RINGING), room(Phase.IN_CALL)),
        ("hangUp", None, room(Phase.IN_CALL), room(Phase.CLOSING)),
        ("createConference", None, room(), room(Phase.IN_CALL)),
    ],
)
def test_it_is_said_when_the_terminal_confirms_it_and_once(
    method: str, mute: bool | None, before: RoomState, after: RoomState
) -> None:
    deed = some(words(Deed("crestron", method, 0.0, mute), 10.0))
    accepted = reduce(before, ProgramDid(deed), 10.0)
    living = Living(deeds, accepted)
    assert (living.events, living.look_at) == ([], deed.until)
    confirmed = msgspec.structs.replace(after, deeds=accepted.deeds)
    assert living.sees(confirmed, 11.0).events == (NoticeShown(deed.text, 11.0 + NOTICE_SECONDS), DeedsOver((deed,)))
    assert living.sees(reduce(confirmed, DeedsOver((deed,)), 11.0), 12.0).events == ()


def test_what_came_to_nothing_is_not_said() -> None:
    deed = some(words(Deed("crestron", "setMicMute", 0.0, mute=True), 10.0))
    living = Living(deeds, room(mic_muted=False, deeds=(deed,)))
    living.sees(room(mic_muted=False, deeds=(deed,)), deed.until)
    assert living.events == [DeedsOver((deed,))]


def test_a_program_in_a_hurry_does_not_fill_the_room() -> None:
    state = room(mic_muted=False)
    for number in range(100):
        state = reduce(state, ProgramDid(some(words(Deed(str(number), "setMicMute", 0.0, mute=True), number))), 0.0)
    assert len(state.deeds) == MOST_DEEDS
