import pytest

from appliance.language.text import verbatim
from appliance.room.local_events.awaited import VolumeAsked, VolumeDropped
from appliance.room.local_events.box import Halted, ServiceOffline, ServiceOnline
from appliance.room.local_events.call import CallAsked, CallDropped, NumberEdited
from appliance.room.local_events.camera import LocalMotionAsked, MotionAsked
from appliance.room.local_events.inputs import InputsHeld, MuteLocked
from appliance.room.local_events.link import LinkChanged
from appliance.room.local_events.shown import NoticeExpired, NoticeShown
from appliance.room.parts.awaited import Level
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.parts.shown import Notice
from appliance.room.reduce.calls.call_table import Occasion
from appliance.room.reduce.reduce import _FROM_TERMINAL
from appliance.room.state import Phase, RoomState
from appliance.room.texts import login_failure
from appliance.terminal.messages import EVENTS, Snapshot, UnknownEvent
from appliance.terminal.messages.account import AuthorizationNeeded, Login, Logout, ServerConnected, ServerDisconnected
from appliance.terminal.messages.calls import AppStateReply, HangUpPressed, HookOffPressed, ToneDialled
from appliance.terminal.messages.devices import (
    AudioMuted,
    Axis,
    MicMuted,
    MicMutedByOwner,
    PtzChanged,
    SettingChanged,
    VideoMuted,
    VideoMutedByOwner,
)
from appliance.terminal.messages.enums import AppState, CallDirection, LoginResult, LogoutCause
from appliance.terminal.messages.people import (
    CallsViewed,
    ConferenceList,
    Contact,
    Meeting,
    PastCall,
)
from tests.room.rooms import ANNA, BORIS, CAMERA, P2P, after, room
from tests.some import some

DOWN = LinkChanged(Link(LinkPhase.DOWN, verbatim("no answer")))
FULL = room(
    Phase.IN_CALL,
    conversation=P2P,
    call_waiting=P2P,
    mic_muted=True,
    audio_muted=False,
    video_muted=True,
    volume=0.5,
    camera=CAMERA,
    contacts=(Contact(peer_id=ANNA),),
    history=(PastCall(type=CallDirection.MISSED),),
    meetings=(Meeting(id="1"),),
    number="12",
    motion=(1, 0, 0),
    held=frozenset({"call"}),
    notice=Notice(verbatim("Wait"), 200.0),
    offline=frozenset({"keypad"}),
    surprises=3,
    surprise=Occasion.ENDED,
)


@pytest.mark.parametrize("phase", [phase for phase in LinkPhase if phase is not LinkPhase.UP])
def test_without_a_link_everything_the_terminal_confirmed_is_unknown(phase: LinkPhase) -> None:
    state = after(FULL, LinkChanged(Link(phase)))
    assert state == RoomState(
        link=Link(phase),
        held=FULL.held,
        notice=state.notice,
        last_end=state.last_end,
        trouble=state.trouble,
        offline=FULL.offline,
        surprises=3,
        surprise=FULL.surprise,
    )
    assert (state.notice is FULL.notice) is (state.last_end is None) is (phase is not LinkPhase.DOWN)


def test_what_a_lost_session_says_late_does_not_count() -> None:
    state = after(FULL, DOWN)
    assert after(state, MicMuted(mute=True), P2P) is state


def test_a_link_that_comes_up_keeps_what_was_read_before() -> None:
    state = after(FULL, LinkChanged(Link(LinkPhase.UP, verbatim("back"))))
    assert (state.phase, state.mic_muted, str(state.link.reason)) == (Phase.IN_CALL, True, "back")


def test_the_same_link_again_changes_nothing() -> None:
    state = after(FULL, DOWN)
    assert after(state, DOWN) is state


@pytest.mark.parametrize("event", [MicMuted(mute=True), MicMutedByOwner(mute=True)])
def test_microphone(event: object) -> None:
    assert after(room(), event).mic_muted is True


def test_loudspeaker() -> None:
    assert after(room(), AudioMuted(mute=True)).audio_muted is True


@pytest.mark.parametrize("event", [VideoMuted(mute=True), VideoMutedByOwner(mute=True)])
def test_camera_mute(event: object) -> None:
    assert after(room(), event).video_muted is True


@pytest.mark.parametrize(("value", "level"), [(0.25, 0.25), (1, 1.0), (7, 1.0), (-1, 0.0), ("0.5", 0.5)])
@pytest.mark.parametrize("name", ["audioPlayLevel", "AudioPlaylevel"])
def test_volume(name: str, value: object, level: float) -> None:
    assert after(room(), SettingChanged(name=name, value=value)).volume == level


@pytest.mark.parametrize("value", [None, True, "loud", [], {}, float("nan"), float("inf"), 10**400])
def test_a_volume_that_is_none_leaves_what_is_known(value: object) -> None:
    state = room(volume=0.5)
    assert after(state, SettingChanged(name="audioPlayLevel", value=value)) is state


def test_another_setting_is_not_the_volume() -> None:
    state = room()
    assert after(state, SettingChanged(name="audioCapturerLevel", value=0.5)) is state


def test_camera_controls() -> None:
    pan = Axis(support=True, min_value=-1, max_value=1, current_value=0.5)
    assert some(after(room(), PtzChanged(pan=pan)).camera).pan == pan


def test_login_names_the_account() -> None:
    event = Login(result=LoginResult.SUCCESS, peer_id="hall@x", peer_name="Hall")
    assert after(room(), event).me == Person("hall@x", "Hall")


@pytest.mark.parametrize("result", [result for result in LoginResult if result is not LoginResult.SUCCESS])
def test_a_login_that_fails_is_explained_and_changes_no_account(result: LoginResult) -> None:
    state = after(room(), Login(result=result))
    assert state.notice == Notice(login_failure(result), 105.0)
    assert state.me == room().me


def test_logout_forgets_the_account_and_explains_only_what_nobody_wanted() -> None:
    assert after(room(), Logout()).me is None
    assert after(room(), Logout()).notice is None
    assert after(room(), Logout(cause=LogoutCause.LOGGED_IN_ELSEWHERE)).notice is not None


def test_schedule_keeps_the_last_that_succeeded() -> None:
    state = after(room(), ConferenceList(conferences=(Meeting(id="1"),)))
    assert [meeting.id for meeting in state.meetings] == ["1"]
    assert after(state, ConferenceList(succeed=False)) is state


def test_calls_that_somebody_looked_at_are_viewed() -> None:
    old, new = (PastCall(type=CallDirection.MISSED, start_time=time) for time in (10, 30))
    state = after(room(history=(new, old)), CallsViewed(last_view=20))
    assert [call.viewed for call in state.history] == [False, True]
    assert after(state, CallsViewed(last_view=20)) is state


def test_what_changes_nothing_gives_the_very_same_room() -> None:
    state = room(mic_muted=True)
    for event in (
        MicMuted(mute=True),
        ToneDialled(symbol="5"),
        HookOffPressed(),
        UnknownEvent("new", {"a": 1}),
        5,
        None,
    ):
        assert after(state, event) is state


def test_notices_go_when_their_time_has_come() -> None:
    state = after(room(), NoticeShown(verbatim("Wait"), 105.0))
    assert after(state, NoticeExpired(), now=104.9).notice == Notice(verbatim("Wait"), 105.0)
    assert after(state, NoticeExpired(), now=105.0).notice is None


def test_hardware_that_is_missing_is_named_until_it_is_back() -> None:
    state = after(room(), ServiceOffline("keypad"), ServiceOffline("display"))
    assert state.offline == {"keypad", "display"}
    assert after(state, ServiceOnline("keypad"), ServiceOnline("never")).offline == {"display"}


def test_local_values() -> None:
    state = after(
        room(),
        NumberEdited("5"),
        MotionAsked(1, 0, -1),
        InputsHeld(frozenset({"a"})),
        Halted(),
    )
    assert (state.number, state.motion, state.held, state.halted) == ("5", (1, 0, -1), {"a"}, True)


def test_a_camera_moves_on_along_the_axes_that_nobody_names() -> None:
    asked = (LocalMotionAsked("a", 1, -1, 1), LocalMotionAsked("b", 0, 0, 1))
    state = after(room(), *asked, LocalMotionAsked("a", None, None, 0))
    assert state.local_motion == {"a": (1, -1, 0), "b": (0, 0, 1)}
    assert after(state, LocalMotionAsked("a", 0, 0, None)).local_motion["a"] == (0, 0, 0)


def test_a_speakerphone_that_mutes_itself_is_known_until_it_does_no_more() -> None:
    state = after(room(), MuteLocked("a", on=True), MuteLocked("b", on=True))
    assert state.mute_locks == {"a", "b"}
    assert after(state, MuteLocked("a", on=False)).mute_locks == {"b"}


def test_a_volume_that_came_to_nothing_is_asked_for_no_longer() -> None:
    state = after(room(), VolumeAsked(0.5, 105.0))
    assert (state.volume_asked, state.volume_shown_until) == (Level(0.5, 105.0), 105.0)
    dropped = after(state, VolumeDropped(0.5))
    assert (dropped.volume_asked, dropped.volume_shown_until) == (None, 0.0)
    assert after(state, VolumeDropped(0.55)) is state  # another level was asked for since


def test_a_call_that_came_to_nothing_is_asked_for_no_longer() -> None:
    state = after(room(), CallAsked(ANNA, 105.0))
    assert after(state, CallDropped(ANNA)).call_asked is None
    assert after(state, CallDropped("")).call_asked is None
    assert after(state, CallDropped(BORIS)) is state


def test_every_event_of_the_terminal_is_survived_without_its_optional_fields() -> None:
    required = {"app_state": AppState.READY, "cause": 0, "mute": True, "name": "x", "peer_id": ANNA, "result": 0}
    for kind in EVENTS.values():
        fields = {name: required[name] for name in kind.__struct_fields__ if name in required}
        assert isinstance(after(FULL, kind(**fields)), RoomState)


def test_the_events_that_change_nothing_are_these() -> None:
    inputs = {HookOffPressed, HangUpPressed}
    for_the_link = {AuthorizationNeeded}
    in_application_state = {ServerConnected, ServerDisconnected}
    without_handler = {kind for kind in EVENTS.values() if kind not in _FROM_TERMINAL}
    assert without_handler == inputs | for_the_link | in_application_state


def test_a_snapshot_says_by_itself_that_the_link_is_up() -> None:
    state = after(RoomState(), Snapshot(app_state=AppStateReply(app_state=AppState.READY)))
    assert (state.link, state.phase) == (Link(LinkPhase.UP), Phase.IDLE)
