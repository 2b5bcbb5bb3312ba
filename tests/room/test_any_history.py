"""Whatever happens, in whatever order: the room stays whole, and a snapshot ends every doubt."""

from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.room.bindings.bindings import Bindings, bind
from appliance.room.decide.dialpad import MAX_LENGTH
from appliance.room.inputs import (
    Drive,
    DriveTo,
    Held,
    HeldCallOver,
    HoldKey,
    Home,
    Hook,
    Input,
    Key,
    KeyHeld,
    MuteKey,
    Pressed,
    Released,
    SourceGone,
)
from appliance.room.local_events.link import LinkChanged
from appliance.room.parts.call import Conversation, Muted
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.reduce.conference.chat import MOST as MOST_LINES
from appliance.room.reduce.conference.requests import MOST
from appliance.room.reduce.reduce import reduce
from appliance.room.respond import respond
from appliance.room.state import GOING_ON, Phase, RoomState
from appliance.terminal.messages import Snapshot
from appliance.terminal.messages.calls import (
    AppStateChanged,
    AppStateReply,
    ConferenceCreated,
    ConferenceDeleted,
    ConferencesReply,
    HangUp,
    InviteReceived,
    InviteRequestSent,
    InviteSent,
    NewParticipant,
    ParticipantLeft,
    RejectReceived,
    RejectSent,
    StopCalling,
)
from appliance.terminal.messages.chat import GroupMessageReceived, MessageReceived
from appliance.terminal.messages.client_enums import RoleEventKind, RoleEventResult
from appliance.terminal.messages.conference import (
    JoinRequestReceived,
    ParticipantDevices,
    PeerAccepted,
    RecordingRequested,
)
from appliance.terminal.messages.devices import (
    MicMuted,
    MicMutedByOwner,
    PtzChanged,
    PtzStop,
    SetMicMute,
    SettingChanged,
)
from appliance.terminal.messages.enums import (
    AppState,
    ConferenceRole,
    ConferenceState,
    ConferenceType,
    DeviceState,
    RejectCause,
    Side,
)
from appliance.terminal.messages.podium import RemarkCountDown, RoleChanged
from tests.room.lamps import indicate, speakerphone_lamps

peers = st.sampled_from(["", "a@x", "b@x", "A@x/1", "room@x"])
conferences = st.sampled_from(["", "1", "2", "3"])
types = st.sampled_from([*ConferenceType, ConferenceType(9)])
app_states = st.sampled_from([*AppState, AppState(7)])
replies = st.builds(
    ConferencesReply,
    conf_state=st.sampled_from(ConferenceState),
    conf_type=types | st.none(),
    conf_id=conferences,
    duration=st.floats(-1, 1e6),
    peer_id=peers,
    owner=peers,
    direction=st.sampled_from(["outgoing", "incoming", ""]),
    type=st.sampled_from(["p2p", "conference", ""]),
)
snapshots = st.builds(
    Snapshot, app_state=st.builds(AppStateReply, app_state=app_states), conferences=replies | st.none()
)
told = st.one_of(
    st.builds(AppStateChanged, app_state=app_states, owner=peers),
    st.builds(InviteReceived, peer_id=peers, type=types, conf_id=conferences),
    st.builds(InviteSent, peer_id=peers, conf_type=types, conf_id=conferences),
    st.builds(InviteRequestSent, peer_id=peers),
    st.builds(ConferenceCreated, conf_id=conferences, conf_type=types, owner=peers, peer_id=peers),
    st.builds(ConferenceDeleted, conf_id=conferences),
    st.builds(RejectReceived, cause=st.sampled_from([*RejectCause, RejectCause(77)]), peer_id=peers),
    st.builds(RejectSent, peer_id=peers),
    st.builds(StopCalling, peer_id=peers, side=st.sampled_from(Side)),
    st.builds(NewParticipant, peer_id=peers),
    st.builds(ParticipantDevices, peer_id=peers, mic=st.sampled_from(DeviceState) | st.none()),
    st.builds(GroupMessageReceived, peer_id=peers, message=st.text()),
    st.builds(MessageReceived, peer_id=peers, message=st.text()),
    st.builds(MicMuted, mute=st.booleans()),
    st.builds(SettingChanged, name=st.just("audioPlayLevel"), value=st.floats() | st.text() | st.none()),
    st.builds(PtzChanged),
    st.builds(
        RoleChanged,
        peer_id=peers,
        role=st.sampled_from(ConferenceRole),
        kind=st.sampled_from(RoleEventKind),
        result=st.sampled_from(RoleEventResult),
        broadcast=st.none() | st.booleans(),
    ),
    st.builds(JoinRequestReceived, peer_id=peers),
    st.builds(RecordingRequested, peer_id=peers),
    st.builds(PeerAccepted, peer_id=peers),
    st.builds(RemarkCountDown, seconds=st.integers(-1, 60)),
    st.builds(MicMutedByOwner, mute=st.booleans()),
    st.builds(ParticipantLeft, peer_id=peers),
    replies,
)
links = st.builds(LinkChanged, st.builds(Link, st.sampled_from(LinkPhase), waits_for_press=st.booleans()))
names = st.sampled_from(["call", "hang_up", "mute", "left", "dial", "nobody", "accept", "podium", "owner"])
axes = st.none() | st.integers(-2, 2)
parts = st.none() | st.floats(-1, 2)
inputs = st.one_of(
    st.builds(Pressed, names),
    st.builds(Held, names),
    st.builds(Released, names),
    st.builds(Key, st.sampled_from([*"0123456789*#ABCDEF", "call", "backspace", "clear", "?"])),
    st.builds(KeyHeld, st.sampled_from("123456789")),
    st.builds(Hook, st.booleans()),
    st.builds(MuteKey, st.none() | st.booleans()),
    st.builds(HoldKey, st.none() | st.booleans()),
    st.just(HeldCallOver()),
    st.builds(Drive, axes, axes, axes),
    st.builds(DriveTo, parts, parts, parts),
    st.just(Home()),
    st.just(SourceGone("joystick")),
    st.builds(SourceGone, st.sampled_from(("buttons.left", "buttons.call", "keypads.pad"))),
)
BINDINGS = Bindings(
    buttons={
        "call": bind("call", "redial"),
        "hang_up": bind("hang_up", "clear"),
        "mute": bind("mute"),
        "left": bind("camera left"),
        "dial": bind("dial " + "1" * 40),
        "accept": bind("accept", "decline"),
        "podium": bind("podium ask", "podium leave"),
        "owner": bind("mute_all", "remove a@x"),
    },
    contact="a@x",
)
histories = st.lists(st.one_of(told, told, told, links, snapshots, inputs), max_size=30)
TALKING = {Phase.CALLING, Phase.RINGING, Phase.IN_CALL}


def lived(history: list[object]) -> RoomState:
    """The room after all this; what must hold at every moment is checked at every moment."""
    state = RoomState(link=Link(LinkPhase.UP))
    for now, happened in enumerate(history):
        before = state
        if isinstance(happened, Input):
            state, orders = respond(happened, state, BINDINGS, float(now))
            check_commands(happened, before, [command for order in orders for command in order.plan.commands])
        else:
            state = reduce(state, happened, float(now))
        check_state(state)
    return state


def check_state(state: RoomState) -> None:
    assert len(state.number) <= MAX_LENGTH
    assert state.password is None or (state.phase is Phase.IDLE and len(state.password.entered) <= MAX_LENGTH)
    assert state.phase not in TALKING or isinstance(state.conversation, Conversation)
    assert state.phase is not Phase.IDLE or state.conversation is None
    assert state.link.phase is LinkPhase.UP or (state.phase, state.mic_muted) == (Phase.UNKNOWN, None)
    assert len(state.requests) <= (MOST if state.phase is Phase.IN_CALL else 0)
    assert not state.attendees or (state.phase is Phase.IN_CALL and state.attendees.keys() <= state.company.present)
    assert len(state.chat) <= (MOST_LINES if state.phase in GOING_ON else 0)
    assert state.muted_by_owner <= ({Muted.MIC} if state.mic_muted else set())
    assert state.volume is None or 0.0 <= state.volume <= 1.0
    indicate(state)
    speakerphone_lamps(state)


def check_commands(given: Input, before: RoomState, commands: list[object]) -> None:
    if before.link.phase is not LinkPhase.UP:
        assert commands == []
    for command in commands:
        assert (
            not isinstance(command, SetMicMute)
            or given in {MuteKey(True), MuteKey(False)}
            or (before.on_hold is not None and command.mute is False)
            or (command.mute is not before.mic_muted and before.mic_muted is not None)
        )
        asked = before.phase is Phase.IDLE and before.call_asked is not None  # that call is what it ends
        assert not isinstance(command, HangUp) or asked or before.phase not in {Phase.IDLE, Phase.RINGING}
    if isinstance(given, Drive) and (given.pan, given.tilt, given.zoom) == (0, 0, 0):
        assert commands == ([PtzStop()] if before.link.phase is LinkPhase.UP else [])


@settings(max_examples=300)
@given(histories)
def test_the_room_stays_whole(history: list[object]) -> None:
    lived(history)


@settings(max_examples=200)
@given(histories, snapshots)
def test_after_a_snapshot_no_history_matters(history: list[object], snapshot: Snapshot) -> None:
    fresh = reduce(RoomState(), snapshot, 1000.0)
    state = reduce(lived(history), snapshot, 1000.0)
    assert (state.phase, state.conversation, state.call_waiting, state.link) == (
        fresh.phase,
        fresh.conversation,
        None,
        fresh.link,
    )


@given(histories, st.sampled_from([state for state in AppState if state is not AppState.WAITING]))
def test_an_application_state_ends_every_doubt(history: list[object], app_state: AppState) -> None:
    up = reduce(lived(history), LinkChanged(Link(LinkPhase.UP)), 1000.0)
    snapshot = Snapshot(app_state=AppStateReply(app_state=app_state))
    told = reduce(up, AppStateChanged(app_state=app_state), 1000.0)
    assert told.phase is reduce(RoomState(), snapshot, 1000.0).phase
