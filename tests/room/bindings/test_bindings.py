"""What people do to hardware and what it means; the rules of hook off and hang up, one test each."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.language.text import Text, verbatim
from appliance.room import actions
from appliance.room.actions import ActionError
from appliance.room.bindings.bindings import Bindings, bind, bind_codes, bind_knob
from appliance.room.bindings.resolve import resolve
from appliance.room.decide.dialpad import MAX_LENGTH
from appliance.room.inputs import (
    Drive,
    DriveTo,
    Held,
    Home,
    Hook,
    Input,
    Key,
    MuteKey,
    Pressed,
    RedialKey,
    Released,
    SourceGone,
    Turned,
    VolumeKey,
)
from appliance.room.intents.base import Intent
from appliance.room.intents.call import Answer, Call, Decline, EditNumber, HangUp, Tone
from appliance.room.intents.camera import HomeCamera, Move
from appliance.room.intents.media import MuteAudio, MuteMic, MuteVideo, SetVolume
from appliance.room.intents.shown import Explain
from appliance.room.intents.terminal import Reclaim
from appliance.room.parts.call import Conversation
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.reduce.reduce import reduce
from appliance.room.respond import respond
from appliance.room.settle import VOLUME_CONFIRMED
from appliance.room.state import Phase, RoomState
from appliance.room.texts import (
    AUDIO_UNKNOWN,
    MIC_UNKNOWN,
    NO_CONTACT,
    NO_LINK,
    NO_OUTGOING_CALL,
    NUMBER_FULL,
    VIDEO_UNKNOWN,
    VOLUME_UNKNOWN,
    not_ready,
)
from appliance.terminal.messages.devices import SettingChanged
from appliance.terminal.messages.enums import CallDirection, ConferenceType
from appliance.terminal.messages.people import PastCall
from tests.room.rooms import ANNA, BORIS, OWN_GROUP, P2P, THEIR_GROUP, room
from tests.some import some

WORDS = {
    "call": "call",
    "anna": f"call {ANNA}",
    "answer": "answer",
    "hang_up": "hang_up",
    "decline": "decline",
    "mute": "mute",
    "mute_on": "mute on",
    "mute_off": "mute off",
    "mute_audio": "mute audio",
    "mute_video": "mute video",
    "dial": "dial 12#",
    "louder": "volume up",
    "softer": "volume down",
    "volume_40": "volume 40",
    "left": "camera left",
    "right": "camera right",
    "in": "camera in",
    "home": "camera home",
    "redial": "redial",
    "backspace": "backspace",
    "clear": "clear",
    "reclaim": "reclaim",
    "none": "none",
}
BINDINGS = Bindings(
    buttons={
        **{name: bind(words) for name, words in WORDS.items()},
        "call_or_redial": bind("call", "redial"),
        "hang_up_or_mute": bind("hang_up", "mute on"),
        "left_or_home": bind("camera left", "camera home"),
    },
    contact=BORIS,
    volume_step=0.1,
)
HOOK_OFF = [Hook(off=True), Key("call"), Pressed("call")]
HANG_UP = [Hook(off=False), Pressed("hang_up")]
QUIET = [Phase.WAITING, Phase.CALLING, Phase.WAITING_ROOM, Phase.IN_CALL]
NOT_READY = [Phase.UNKNOWN, Phase.OFFLINE, Phase.CONNECTING, Phase.LOGIN_NEEDED, Phase.CLOSING]
NOT_UP = [phase for phase in LinkPhase if phase is not LinkPhase.UP]
EVICTED = Link(LinkPhase.EVICTED, verbatim("somebody else"), waits_for_press=True)


def pressed(name: str, state: RoomState, bindings: Bindings = BINDINGS) -> tuple[Intent, ...]:
    return resolve(Pressed(name), state, bindings)


@pytest.mark.parametrize("given", HOOK_OFF)
class TestHookOff:
    def test_answers_what_rings(self, given: Input) -> None:
        assert resolve(given, room(Phase.RINGING, number="12"), BINDINGS) == (Answer(),)

    def test_calls_the_number_that_was_typed(self, given: Input) -> None:
        assert resolve(given, room(number="12"), BINDINGS) == (Call("12"),)

    def test_calls_the_contact_of_the_configuration(self, given: Input) -> None:
        assert resolve(given, room(), BINDINGS) == (Call(BORIS),)

    def test_explains_that_there_is_no_contact(self, given: Input) -> None:
        assert resolve(given, room(), Bindings(buttons=BINDINGS.buttons)) == (Explain(NO_CONTACT),)

    @pytest.mark.parametrize("phase", QUIET)
    def test_does_nothing_in_a_call_or_on_the_way_to_one(self, given: Input, phase: Phase) -> None:
        assert resolve(given, room(phase, number="12"), BINDINGS) == ()

    @pytest.mark.parametrize("phase", NOT_READY)
    def test_explains_why_there_can_be_no_call(self, given: Input, phase: Phase) -> None:
        assert resolve(given, room(phase), BINDINGS) == (Explain(not_ready(phase)),)


@pytest.mark.parametrize("given", HANG_UP)
class TestHangUp:
    def test_declines_what_rings(self, given: Input) -> None:
        assert resolve(given, room(Phase.RINGING), BINDINGS) == (Decline(),)

    @pytest.mark.parametrize("phase", [Phase.CALLING, Phase.IN_CALL, Phase.UNKNOWN])
    def test_ends_a_call_or_the_calling(self, given: Input, phase: Phase) -> None:
        assert resolve(given, room(phase), BINDINGS) == (HangUp(None),)

    def test_ends_a_wait_of_unknown_direction_either_way(self, given: Input) -> None:
        assert resolve(given, room(Phase.WAITING), BINDINGS) == (HangUp(None), Decline())

    @pytest.mark.parametrize("phase", [Phase.IDLE, Phase.OFFLINE, Phase.CONNECTING, Phase.LOGIN_NEEDED])
    def test_clears_the_number_when_there_is_no_call(self, given: Input, phase: Phase) -> None:
        assert resolve(given, room(phase, number="12"), BINDINGS) == (EditNumber(""),)
        assert resolve(given, room(phase), BINDINGS) == ()

    def test_does_nothing_to_a_call_that_is_closing(self, given: Input) -> None:
        assert resolve(given, room(Phase.CLOSING, number="12"), BINDINGS) == ()

    def test_ends_the_call_and_not_the_one_that_waits(self, given: Input) -> None:
        state = room(Phase.IN_CALL, conversation=P2P, call_waiting=P2P)
        assert resolve(given, state, BINDINGS) == (HangUp(None),)

    @pytest.mark.parametrize("for_all", [False, True])
    def test_ends_an_own_group_conference_for_all_only_if_the_configuration_says_so(
        self, given: Input, for_all: bool
    ) -> None:
        bindings = Bindings(buttons=BINDINGS.buttons, hang_up_for_all=for_all)
        assert resolve(given, room(Phase.IN_CALL, conversation=OWN_GROUP), bindings) == (HangUp(for_all),)

    @pytest.mark.parametrize(
        "conversation",
        [
            None,
            Conversation(),
            P2P,
            THEIR_GROUP,
            Conversation(type=ConferenceType.SYMMETRIC),
            Conversation(type=ConferenceType.POINT_TO_POINT, owner="room@example.org"),
        ],
    )
    def test_never_says_for_all_where_the_room_owns_nothing(
        self, given: Input, conversation: Conversation | None
    ) -> None:
        bindings = Bindings(buttons=BINDINGS.buttons, hang_up_for_all=True)
        assert resolve(given, room(Phase.IN_CALL, conversation=conversation), bindings) == (HangUp(None),)

    def test_never_says_for_all_while_calling(self, given: Input) -> None:
        bindings = Bindings(buttons=BINDINGS.buttons, hang_up_for_all=True)
        assert resolve(given, room(Phase.CALLING, conversation=OWN_GROUP), bindings) == (HangUp(None),)


@pytest.mark.parametrize("name", ["anna", "redial"])
@pytest.mark.parametrize("phase", Phase)
def test_a_button_for_somebody_calls_only_when_idle(name: str, phase: Phase) -> None:
    history = (
        PastCall(type=CallDirection.MISSED, peer_id=BORIS),
        PastCall(type=CallDirection.OUTGOING),
        PastCall(type=CallDirection.OUTGOING, peer_id=ANNA),
        PastCall(type=CallDirection.OUTGOING, peer_id=BORIS),
    )
    busy = phase in {*QUIET, Phase.RINGING}
    expected = () if busy else (Call(ANNA) if phase is Phase.IDLE else Explain(not_ready(phase)),)
    assert pressed(name, room(phase, history=history, number="7")) == expected


def test_redial_without_an_outgoing_call_is_explained() -> None:
    state = room(history=(PastCall(type=CallDirection.INCOMING, peer_id=ANNA),))
    assert pressed("redial", state) == resolve(RedialKey(), state, BINDINGS) == (Explain(NO_OUTGOING_CALL),)


@pytest.mark.parametrize(("name", "intent"), [("answer", Answer()), ("decline", Decline())])
@pytest.mark.parametrize("phase", Phase)
def test_answer_and_decline_are_for_what_rings(name: str, intent: Intent, phase: Phase) -> None:
    assert pressed(name, room(phase)) == ((intent,) if phase is Phase.RINGING else ())


@pytest.mark.parametrize(("name", "intent"), [("answer", Answer()), ("decline", Decline())])
def test_answer_and_decline_are_for_the_call_that_waits(name: str, intent: Intent) -> None:
    assert pressed(name, room(Phase.IN_CALL, conversation=P2P, call_waiting=P2P)) == (intent,)


@pytest.mark.parametrize(
    ("name", "field", "intent", "unknown"),
    [
        ("mute", "mic_muted", MuteMic, MIC_UNKNOWN),
        ("mute_audio", "audio_muted", MuteAudio, AUDIO_UNKNOWN),
        ("mute_video", "video_muted", MuteVideo, VIDEO_UNKNOWN),
    ],
)
def test_mute_sets_the_opposite_of_what_the_terminal_confirmed(
    name: str, field: str, intent: type[MuteMic], unknown: Text
) -> None:
    assert pressed(name, msgspec.structs.replace(room(), **{field: False})) == (intent(True),)
    assert pressed(name, msgspec.structs.replace(room(), **{field: True})) == (intent(False),)
    assert pressed(name, room()) == (Explain(unknown),)


@pytest.mark.parametrize("known", [None, False, True])
def test_mute_on_and_off_say_what_they_say(known: bool | None) -> None:
    assert pressed("mute_on", room(mic_muted=known)) == (MuteMic(True),)
    assert pressed("mute_off", room(mic_muted=known)) == (MuteMic(False),)


def test_mute_key_of_a_speakerphone() -> None:
    assert resolve(MuteKey(), room(mic_muted=False), BINDINGS) == (MuteMic(True),)
    assert resolve(MuteKey(), room(), BINDINGS) == (Explain(MIC_UNKNOWN),)
    assert resolve(MuteKey(on=True), room(mic_muted=True), BINDINGS) == (MuteMic(True),)


@pytest.mark.parametrize(
    ("volume", "step", "level"), [(0.5, 1, 0.6), (0.5, -1, 0.4), (0.95, 1, 1.0), (0.05, -1, 0.0), (0.3, 3, 0.6)]
)
def test_volume_goes_in_steps_and_stays_in_range(volume: float, step: int, level: float) -> None:
    assert resolve(VolumeKey(step), room(volume=volume), BINDINGS) == (SetVolume(level),)


def test_steps_in_quick_succession_do_not_wait_for_the_terminal() -> None:
    state, asked = room(volume=0.5), []
    for now in (0.0, 0.1, 0.2):
        state, orders = respond(VolumeKey(1), state, BINDINGS, now)
        asked += [order.intent for order in orders]
    assert asked == [SetVolume(0.6), SetVolume(0.7), SetVolume(0.8)]


def test_steps_go_on_from_what_was_asked_while_a_slow_terminal_confirms_the_steps_before() -> None:
    state, _ = respond(VolumeKey(1), room(volume=0.5), BINDINGS, 0.0)
    state, _ = respond(VolumeKey(1), state, BINDINGS, 0.1)
    state = reduce(state, SettingChanged(name="audioPlayLevel", value=0.6), 2.0)
    _, (order,) = respond(VolumeKey(1), state, BINDINGS, 2.1)
    assert order.intent == SetVolume(0.8)


def test_once_the_terminal_has_confirmed_steps_go_on_from_what_it_says() -> None:
    state, _ = respond(VolumeKey(1), room(volume=0.5), BINDINGS, 0.0)
    for level in (0.6000001, 0.3):
        state = reduce(state, SettingChanged(name="audioPlayLevel", value=level), 0.2)
    _, (order,) = respond(VolumeKey(1), state, BINDINGS, 0.3)
    assert order.intent == SetVolume(0.4)


def test_what_the_terminal_did_not_confirm_is_no_beginning_for_long() -> None:
    state, _ = respond(VolumeKey(1), room(volume=0.5), BINDINGS, 0.0)
    _, (order,) = respond(VolumeKey(1), state, BINDINGS, VOLUME_CONFIRMED)
    assert order.intent == SetVolume(0.6)


def test_volume_by_button() -> None:
    assert pressed("louder", room(volume=0.5)) == (SetVolume(0.6),)
    assert pressed("softer", room(volume=0.5)) == (SetVolume(0.4),)
    assert pressed("volume_40", room()) == (SetVolume(0.4),)
    assert pressed("louder", room()) == (Explain(VOLUME_UNKNOWN),)


@pytest.mark.parametrize("symbol", "0123456789*#ABCD")
def test_every_key_is_a_tone_in_a_call_and_a_digit_outside(symbol: str) -> None:
    assert resolve(Key(symbol), room(Phase.IN_CALL, number="9"), BINDINGS) == (Tone(symbol),)
    assert resolve(Key(symbol), room(number="9"), BINDINGS) == (EditNumber("9" + symbol),)


@pytest.mark.parametrize("symbol", ["5", "backspace", "clear"])
@pytest.mark.parametrize("phase", [Phase.WAITING, Phase.CALLING, Phase.RINGING])
def test_keys_mean_nothing_while_a_call_is_set_up(symbol: str, phase: Phase) -> None:
    assert resolve(Key(symbol), room(phase, number="9"), BINDINGS) == ()


@pytest.mark.parametrize("symbol", ["backspace", "clear", "call"])
def test_keys_without_a_tone_mean_nothing_in_a_call(symbol: str) -> None:
    assert resolve(Key(symbol), room(Phase.IN_CALL, number="9"), BINDINGS) == ()


def test_the_number_is_corrected_and_cleared() -> None:
    assert resolve(Key("backspace"), room(number="12"), BINDINGS) == (EditNumber("1"),)
    assert resolve(Key("clear"), room(number="12"), BINDINGS) == (EditNumber(""),)
    assert pressed("backspace", room(number="12")) == (EditNumber("1"),)
    assert pressed("clear", room(number="12")) == (EditNumber(""),)
    assert resolve(Key("backspace"), room(), BINDINGS) == resolve(Key("clear"), room(), BINDINGS) == ()


def test_a_number_that_is_full_stays_as_it_is() -> None:
    full = "1" * MAX_LENGTH
    assert resolve(Key("2"), room(number=full), BINDINGS) == (Explain(NUMBER_FULL),)
    assert resolve(Key("2"), room(number=full[1:]), BINDINGS) == (EditNumber(full[1:] + "2"),)
    assert pressed("dial", room(number=full[1:])) == (Explain(NUMBER_FULL),)


def test_dialling_by_button() -> None:
    assert pressed("dial", room(Phase.IN_CALL)) == (Tone("1"), Tone("2"), Tone("#"))
    assert pressed("dial", room(number="0")) == (EditNumber("012#"),)
    assert pressed("dial", room(Phase.RINGING)) == ()


def test_a_key_or_button_nobody_knows_means_nothing() -> None:
    for unknown in (Key("E"), Pressed("x"), Held("x"), Released("x"), Input()):
        assert resolve(unknown, room(), BINDINGS) == ()


def test_home() -> None:
    assert pressed("home", room()) == resolve(Home(), room(), BINDINGS) == (HomeCamera(),)


def test_none_and_reclaim_mean_nothing_with_a_link() -> None:
    assert pressed("none", room()) == pressed("reclaim", room()) == ()


class TestHold:
    """Buttons that do one thing when pressed and another when held."""

    def play(self, state: RoomState, *given: Input) -> list[Intent]:
        intents = []
        for one in given:
            state, orders = respond(one, state, BINDINGS, 0.0)
            intents += [order.intent for order in orders]
        assert state.held == frozenset()
        return intents

    def test_a_short_press_acts_when_the_button_goes_up(self) -> None:
        assert resolve(Pressed("call_or_redial"), room(), BINDINGS) == ()
        assert self.play(room(), Pressed("call_or_redial"), Released("call_or_redial")) == [Call(BORIS)]

    def test_a_hold_does_not_press_too(self) -> None:
        button = "call_or_redial"
        intents = self.play(room(), Pressed(button), Held(button), Released(button))
        assert intents == [Explain(NO_OUTGOING_CALL)]

    def test_hanging_up_never_waits(self) -> None:
        button = "hang_up_or_mute"
        state = room(Phase.IN_CALL)
        assert self.play(state, Pressed(button), Released(button)) == [HangUp()]
        assert self.play(state, Pressed(button), Held(button), Released(button)) == [HangUp(), MuteMic(True)]

    def test_the_camera_never_waits(self) -> None:
        button = "left_or_home"
        intents = self.play(room(), Pressed(button), Held(button), Released(button))
        assert intents == [Move(pan=-1), HomeCamera(), Move()]

    def test_a_release_without_a_press_means_nothing(self) -> None:
        assert self.play(room(), Released("call_or_redial"), Released("left")) == []

    def test_a_button_without_hold_acts_once(self) -> None:
        assert self.play(room(), Pressed("call"), Held("call"), Released("call")) == [Call(BORIS)]

    def test_a_camera_cannot_be_held_into_motion(self) -> None:
        with pytest.raises(ActionError, match="cannot be a hold action"):
            bind("call", "camera left")

    @given(st.lists(st.sampled_from([Pressed, Held, Released]).map(lambda kind: kind("call_or_redial"))))
    def test_never_two_calls_for_one_release(self, given: list[Input]) -> None:
        state, calls = room(), 0
        for one in given:
            state, orders = respond(one, state, BINDINGS, 0.0)
            calls += sum(isinstance(order.intent, Call) for order in orders)
        assert calls <= sum(isinstance(one, Released) for one in given)


EVERY_INPUT = [
    *HOOK_OFF,
    *HANG_UP,
    *(Pressed(name) for name in WORDS if name not in {"none", "reclaim"}),
    Key("5"),
    Key("backspace"),
    Key("clear"),
    MuteKey(),
    MuteKey(on=True),
    VolumeKey(1),
    RedialKey(),
    Drive(pan=1),
    DriveTo(zoom=0.5),
    Home(),
]


@pytest.mark.parametrize("phase", NOT_UP)
@pytest.mark.parametrize("given", EVERY_INPUT)
def test_without_a_link_every_input_is_explained_and_nothing_remembered(given: Input, phase: LinkPhase) -> None:
    state = RoomState(link=Link(phase))
    after, orders = respond(given, state, BINDINGS, 0.0)
    assert [order.intent for order in orders] == [Explain(NO_LINK)]
    assert all(not order.plan.commands for order in orders)
    assert (some(after.notice).text, after.number, after.motion) == (NO_LINK, "", (0, 0, 0))


@pytest.mark.parametrize("phase", NOT_UP)
@pytest.mark.parametrize(
    "given", [Released("left"), Released("call"), SourceGone("joystick"), Drive(pan=0), Pressed("none"), Pressed("x")]
)
def test_without_a_link_letting_go_needs_no_explanation(given: Input, phase: LinkPhase) -> None:
    assert resolve(given, RoomState(link=Link(phase), held=frozenset({"left"})), BINDINGS) == ()


@pytest.mark.parametrize(
    "given", [*HOOK_OFF, Pressed("hang_up"), Pressed("answer"), Pressed("anna"), Pressed("reclaim")]
)
def test_evicted_and_waiting_for_a_press_one_takes_the_terminal_back_and_does_nothing_else(given: Input) -> None:
    assert resolve(given, RoomState(link=EVICTED), BINDINGS) == (Reclaim(),)


@pytest.mark.parametrize("given", [Hook(off=False), Key("5"), MuteKey(), Pressed("mute"), Pressed("redial"), Home()])
def test_evicted_and_waiting_for_a_press_anything_else_is_explained(given: Input) -> None:
    assert resolve(given, RoomState(link=EVICTED), BINDINGS) == (Explain(NO_LINK),)


def test_evicted_without_waiting_only_reclaim_reclaims() -> None:
    state = RoomState(link=Link(LinkPhase.EVICTED))
    assert resolve(Pressed("call"), state, BINDINGS) == (Explain(NO_LINK),)
    assert resolve(Pressed("reclaim"), state, BINDINGS) == (Reclaim(),)


def test_a_call_uses_the_number_up() -> None:
    after, orders = respond(Key("call"), room(number="12"), BINDINGS, 0.0)
    assert [order.intent for order in orders] == [Call("12")]
    assert after.number == ""


def test_keys_build_a_number_that_is_called() -> None:
    state = room()
    for symbol in ("1", "2", "3", "backspace", "#"):
        state, orders = respond(Key(symbol), state, BINDINGS, 0.0)
        assert not orders[0].plan.commands
    assert state.number == "12#"


def test_owner_ids_are_compared_without_case() -> None:
    conversation = Conversation(type=ConferenceType.SYMMETRIC, owner="ROOM@example.org")
    bindings = Bindings(buttons=BINDINGS.buttons, hang_up_for_all=True)
    state = room(Phase.IN_CALL, conversation=conversation)
    assert resolve(Hook(off=False), state, bindings) == (HangUp(True),)
    nobody = RoomState(link=state.link, phase=state.phase, conversation=conversation, me=None)
    assert resolve(Hook(off=False), nobody, bindings) == (HangUp(None),)
    stranger = RoomState(link=state.link, phase=state.phase, conversation=conversation, me=Person(BORIS))
    assert resolve(Hook(off=False), stranger, bindings) == (HangUp(None),)


def test_what_a_reader_reads_takes_its_place_in_the_words_for_all_other_codes() -> None:
    codes = bind_codes({"1": "mute on"}, "dial {code}")
    assert (codes.action("1"), codes.action("22")) == (actions.Mute("mic", True), actions.Dial("22"))
    assert codes.action("2 2") == codes.action("\x1d22") == actions.Nothing()


def test_passwords_are_in_no_repr_and_everything_else_is() -> None:
    codes = bind_codes({"1": "call anna"}, "join {code} 1A2")
    assert repr(codes) == "Codes(actions={'1': CallPeer(peer_id='anna')}, other='join …')"


def test_a_knob_means_one_thing_each_way() -> None:
    bindings = Bindings(encoders={"volume": bind_knob("volume up", "volume down")}, volume_step=0.1)
    state = room(volume=0.5)
    assert resolve(Turned("volume", clockwise=True), state, bindings) == (SetVolume(0.6),)
    assert resolve(Turned("volume", clockwise=False), state, bindings) == (SetVolume(0.4),)
    assert resolve(Turned("other", clockwise=True), state, bindings) == ()


@pytest.mark.parametrize("words", [("camera left", "mute"), ("mute", "camera left")])
def test_a_knob_moves_no_camera_as_nothing_says_when_to_stop(words: tuple[str, str]) -> None:
    with pytest.raises(ActionError, match="camera left"):
        bind_knob(*words)
