"""Presses, holds and releases of one button or several become gestures; time passes as reactions ask for it."""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec
import pytest

from appliance.room.actions import ActionError
from appliance.room.bindings.bindings import Binding, Bindings, Chord, bind
from appliance.room.bindings.gestures import AGAIN, TOGETHER
from appliance.room.inputs import Held, Hook, Input, Key, Pressed, Released, SourceGone
from appliance.room.intents.base import Intent
from appliance.room.intents.call import Answer, Call, Decline, EditNumber, HangUp
from appliance.room.intents.camera import HomeCamera, Move
from appliance.room.intents.media import MuteMic, SetVolume
from appliance.room.intents.shown import Explain, ShowAddress
from appliance.room.intents.terminal import Reclaim
from appliance.room.local_events.inputs import InputsHeld, PressesAre
from appliance.room.local_events.link import LinkChanged
from appliance.room.parts.call import Conversation
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.reactions.presses import confirming, presses
from appliance.room.reduce.reduce import reduce
from appliance.room.respond import respond
from appliance.room.settle import CONFIRM_WITHIN
from appliance.room.state import Phase, RoomState
from appliance.room.texts import NO_LINK, ROW_STOPPED
from tests.room.rooms import ANNA, BORIS, P2P, THEIR_GROUP, room

DOWN = Link(LinkPhase.DOWN)
LOCAL = frozenset({"GoOn", "StopRows", "AskToConfirm", "ConfirmationOver"})


class Panel:
    """A room whose buttons are moved, with a clock that gives reactions their time."""

    def __init__(
        self, buttons: Mapping[str, Binding], state: RoomState, chords: Mapping[str, Chord] = MappingProxyType({})
    ) -> None:
        parts = {part for chord in chords.values() for part in chord.buttons}
        self.bindings = Bindings(
            buttons=buttons,
            chords=chords,
            parts={part: tuple(name for name, chord in chords.items() if part in chord.buttons) for part in parts},
            contact=BORIS,
        )
        self.state = state
        self.now = 100.0
        self.did: list[Intent] = []

    def give(self, *inputs: Input) -> None:
        for each in inputs:
            self.state, orders = respond(each, self.state, self.bindings, self.now)
            self.did += [order.intent for order in orders if type(order.intent).__name__ not in LOCAL]

    def wait(self, seconds: float) -> None:
        until = self.now + seconds
        for _ in range(1000):
            outcomes = [presses(self.state, self.state, self.now), confirming(self.state, self.state, self.now)]
            for outcome in outcomes:
                self.give(*outcome.inputs)
                for event in outcome.events:
                    self.state = reduce(self.state, event, self.now)
            if any(outcome.inputs or outcome.events for outcome in outcomes):
                continue
            look_at = min(outcome.look_at for outcome in outcomes)
            if look_at > until:
                self.now = until
                return
            self.now = look_at
        pytest.fail("time does not pass")

    def press(self, *names: str) -> None:
        for name in names:
            self.give(Pressed(name))
            self.wait(0.05)

    def let_go(self, *names: str) -> None:
        for name in names:
            self.give(Released(name))
            self.wait(0.05)

    def tap(self, name: str) -> None:
        self.press(name)
        self.let_go(name)

    def becomes(self, phase: Phase, conversation: Conversation | None = None) -> None:
        self.state = room(phase, conversation=conversation)

    def settle(self) -> list[Intent]:
        """Lets time pass; nothing is left of any press."""
        self.wait(120)
        assert (self.state.presses, self.state.rows, self.state.held, self.state.confirming) == (
            {},
            {},
            frozenset(),
            None,
        )
        return self.did


def one(binding: Binding, state: RoomState | None = None) -> Panel:
    return Panel({"b": binding, "other": bind("volume 40"), "red": bind("hang_up")}, state or room())


class TestByState:
    BIG = bind({"ringing": "answer", "in_call": "hang_up", "otherwise": "call"})

    @pytest.mark.parametrize(
        ("state", "intent"),
        [
            (room(), Call(BORIS)),
            (room(Phase.RINGING), Answer()),
            (room(Phase.IN_CALL, conversation=P2P), HangUp()),
            (room(Phase.IN_CALL, conversation=THEIR_GROUP), HangUp()),
            (room(Phase.WAITING_ROOM), HangUp()),
        ],
    )
    def test_one_button_does_what_the_state_wants(self, state: RoomState, intent: Intent) -> None:
        panel = one(self.BIG, state)
        panel.tap("b")
        assert panel.settle() == [intent]

    def test_the_most_particular_state_counts(self) -> None:
        by_conference = bind({"in_conference": "mute on", "in_call": "hang_up"})
        for conversation, intent in ((THEIR_GROUP, MuteMic(True)), (P2P, HangUp())):
            panel = one(by_conference, room(Phase.IN_CALL, conversation=conversation))
            panel.tap("b")
            assert panel.settle() == [intent]

    def test_a_call_that_was_asked_for_counts_as_calling(self) -> None:
        panel = one(bind({"calling": "hang_up", "otherwise": "call"}))
        panel.tap("b")
        panel.tap("b")
        assert panel.did == [Call(BORIS), HangUp()]

    def test_a_state_without_an_action_does_nothing(self) -> None:
        panel = one(bind({"in_call": "hang_up"}))
        panel.tap("b")
        assert panel.settle() == []

    def test_what_a_press_does_is_chosen_as_it_goes_down(self) -> None:
        """A call that comes in while the finger goes up is not taken."""
        panel = one(bind({"ringing": "decline", "idle": "volume 40"}, "redial"))
        panel.give(Pressed("b"))
        presses_before = panel.state.presses
        panel.becomes(Phase.RINGING)
        panel.state = reduce(panel.state, PressesAre(presses_before), 0)
        panel.state = reduce(panel.state, InputsHeld(frozenset({"b"})), 0)
        panel.give(Released("b"))
        assert panel.settle() == [SetVolume(0.4)]

    def test_a_camera_that_one_state_moves_stops_in_any(self) -> None:
        panel = one(bind({"idle": "camera left", "in_call": "mute"}))
        panel.give(Pressed("b"))
        assert panel.did == [Move(pan=-1)]
        held, known = panel.state.held, panel.state.presses
        panel.state = msgspec.structs.replace(panel.state, phase=Phase.IN_CALL)
        assert (panel.state.held, panel.state.presses) == (held, known)
        panel.give(Released("b"))
        assert panel.settle() == [Move(pan=-1), Move()]

    def test_without_a_link_nothing_is_sent_and_that_is_said(self) -> None:
        panel = one(self.BIG, RoomState(link=DOWN))
        panel.tap("b")
        assert panel.settle() == [Explain(NO_LINK)]

    @pytest.mark.parametrize("said", [{"idle": "call"}, {"in_call": "hang_up", "otherwise": "call"}])
    def test_one_that_calls_takes_the_terminal_back(self, said: dict[str, str]) -> None:
        panel = one(bind(said), RoomState(link=Link(LinkPhase.EVICTED, waits_for_press=True)))
        panel.tap("b")
        assert panel.settle() == [Reclaim()]

    @pytest.mark.parametrize("said", ["show_address", {"no_link": "show_address", "otherwise": "call"}])
    def test_what_the_room_does_by_itself_needs_no_link(self, said: str | dict[str, str]) -> None:
        panel = one(bind(said), RoomState(link=DOWN))
        panel.tap("b")
        assert panel.settle() == [ShowAddress()]


class TestHolds:
    SEVERAL = bind("call", {"1s": "redial", "3s": f"call {ANNA}"})

    def test_each_hold_time_has_its_action(self) -> None:
        panel = one(bind("volume 10", {"1s": "volume 20", "3s": "volume 30", "5s": "volume 40"}))
        for holds, level in enumerate((0.1, 0.2, 0.3)):
            panel.press("b")
            panel.give(*(Held("b", nth) for nth in range(holds)))
            assert panel.did == []
            panel.let_go("b")
            assert panel.settle() == [SetVolume(level)]
            panel.did.clear()

    def test_the_longest_acts_when_its_time_is_over(self) -> None:
        panel = one(bind("volume 10", {"1s": "volume 20", "3s": "volume 30"}))
        panel.press("b")
        panel.give(Held("b", 0), Held("b", 1))
        assert panel.did == [SetVolume(0.3)]
        panel.let_go("b")
        assert panel.settle() == [SetVolume(0.3)]

    def test_hanging_up_never_waits_for_a_longer_hold(self) -> None:
        panel = one(bind("volume 10", {"1s": "hang_up", "3s": "volume 30"}), room(Phase.IN_CALL, conversation=P2P))
        panel.press("b")
        panel.give(Held("b", 0))
        assert panel.did == [HangUp()]
        panel.let_go("b")
        assert panel.settle() == [HangUp()]

    def test_a_button_that_is_gone_has_done_nothing(self) -> None:
        panel = one(bind("volume 10", {"1s": "volume 20", "3s": "volume 30"}))
        panel.press("b")
        panel.give(Held("b", 0), SourceGone("buttons.b"))
        assert panel.settle() == []


class TestDouble:
    TWICE = bind("volume 10", double="volume 20")

    def test_a_press_waits_whether_a_second_one_follows(self) -> None:
        panel = one(self.TWICE)
        panel.tap("b")
        assert panel.did == []
        panel.wait(AGAIN)
        assert panel.settle() == [SetVolume(0.1)]

    def test_the_second_press_acts_at_once_and_the_first_not_at_all(self) -> None:
        panel = one(self.TWICE)
        panel.tap("b")
        panel.press("b")
        assert panel.did == [SetVolume(0.2)]
        panel.let_go("b")
        assert panel.settle() == [SetVolume(0.2)]

    def test_two_presses_far_apart_are_two(self) -> None:
        panel = one(self.TWICE)
        panel.tap("b")
        panel.wait(AGAIN + 0.1)
        panel.tap("b")
        assert panel.settle() == [SetVolume(0.1), SetVolume(0.1)]

    def test_a_third_press_begins_anew(self) -> None:
        panel = one(self.TWICE)
        for _ in range(3):
            panel.tap("b")
        assert panel.settle() == [SetVolume(0.2), SetVolume(0.1)]

    def test_only_the_button_that_asks_for_it_waits(self) -> None:
        panel = one(self.TWICE)
        panel.press("other")
        assert panel.did == [SetVolume(0.4)]

    def test_another_button_ends_the_wait_so_that_the_order_stays(self) -> None:
        panel = one(self.TWICE)
        panel.tap("b")
        panel.press("other")
        assert panel.did == [SetVolume(0.1), SetVolume(0.4)]

    @pytest.mark.parametrize("given", [Hook(off=False), Key("5")])
    def test_so_does_anything_else_that_people_do(self, given: Input) -> None:
        panel = one(bind("call", double="redial"))
        panel.tap("b")
        panel.give(given)
        assert panel.did[0] == Call(BORIS)

    def test_it_can_be_held_as_well(self) -> None:
        panel = one(bind("volume 10", "volume 30", double="volume 20"))
        panel.press("b")
        panel.give(Held("b"))
        panel.let_go("b")
        assert panel.settle() == [SetVolume(0.3)]
        panel.tap("b")
        panel.press("b")
        panel.give(Held("b"))
        panel.let_go("b")
        assert panel.settle() == [SetVolume(0.3), SetVolume(0.2)]

    def test_a_press_that_waits_is_dropped_with_the_link(self) -> None:
        panel = one(self.TWICE)
        panel.tap("b")
        panel.state = reduce(panel.state, LinkChanged(DOWN), panel.now)
        assert panel.settle() == []


class TestChord:
    def panel(self, binding: Binding | None = None, holds: tuple[float, ...] = ()) -> Panel:
        buttons = {name: bind(f"volume {level}") for name, level in (("a", 10), ("b", 20), ("c", 30))}
        chord = {"chords.both": binding or bind("camera home")}
        return Panel(buttons | chord, room(), {"chords.both": Chord(frozenset("ab"), holds)})

    def test_two_buttons_together_do_one_thing(self) -> None:
        panel = self.panel()
        panel.press("a", "b")
        assert panel.did == [HomeCamera()]
        panel.let_go("a", "b")
        assert panel.settle() == [HomeCamera()]

    def test_each_by_itself_does_its_own_after_a_moment(self) -> None:
        panel = self.panel()
        panel.give(Pressed("a"))
        assert panel.did == []
        panel.wait(TOGETHER)
        assert panel.did == [SetVolume(0.1)]
        panel.let_go("a")
        assert panel.settle() == [SetVolume(0.1)]

    def test_a_short_press_acts_when_the_button_goes_up(self) -> None:
        panel = self.panel()
        panel.give(Pressed("a"), Released("a"))
        assert panel.did == [SetVolume(0.1)]
        assert panel.settle() == [SetVolume(0.1)]

    def test_one_after_the_other_is_no_chord(self) -> None:
        panel = self.panel()
        panel.press("a")
        panel.wait(TOGETHER)
        panel.press("b")
        panel.wait(TOGETHER)
        panel.let_go("a", "b")
        assert panel.settle() == [SetVolume(0.1), SetVolume(0.2)]

    def test_a_button_that_is_part_of_none_does_not_wait(self) -> None:
        panel = self.panel()
        panel.give(Pressed("a"), Pressed("c"))
        assert panel.did == [SetVolume(0.1), SetVolume(0.3)]
        panel.let_go("a", "c")
        assert panel.settle() == [SetVolume(0.1), SetVolume(0.3)]

    def test_a_chord_that_is_let_go_in_part_can_be_made_again(self) -> None:
        panel = self.panel()
        panel.press("a", "b")
        panel.let_go("b")
        panel.press("b")
        panel.wait(TOGETHER)
        assert panel.did == [HomeCamera(), SetVolume(0.2)]
        panel.let_go("a", "b")
        panel.press("b", "a")
        panel.let_go("a", "b")
        assert panel.settle() == [HomeCamera(), SetVolume(0.2), HomeCamera()]

    def test_a_chord_can_be_held(self) -> None:
        panel = self.panel(bind("none", {"2s": "volume 50", "4s": "volume 60"}), (2.0, 4.0))
        panel.press("a", "b")
        panel.wait(2.5)
        panel.let_go("a", "b")
        assert panel.did == [SetVolume(0.5)]
        panel.press("a", "b")
        panel.wait(4.1)
        assert panel.did == [SetVolume(0.5), SetVolume(0.6)]
        panel.let_go("a", "b")
        assert panel.settle() == [SetVolume(0.5), SetVolume(0.6)]

    def test_a_button_that_is_gone_takes_its_chord_with_it(self) -> None:
        panel = self.panel(bind("none", {"2s": "volume 50"}), (2.0,))
        panel.press("a", "b")
        panel.give(SourceGone("buttons.a"))
        panel.wait(3)
        panel.let_go("b")
        assert panel.settle() == []


class TestRelease:
    TALK = bind("mute off", release="mute on")

    def test_a_release_acts(self) -> None:
        panel = one(self.TALK)
        panel.press("b")
        assert panel.did == [MuteMic(False)]
        panel.let_go("b")
        assert panel.settle() == [MuteMic(False), MuteMic(True)]

    def test_only_after_a_press(self) -> None:
        panel = one(self.TALK)
        panel.let_go("b")
        assert panel.settle() == []

    def test_a_button_that_is_gone_mutes_and_does_nothing_else(self) -> None:
        for binding, did in (
            (self.TALK, [MuteMic(False), MuteMic(True)]),
            (bind("mute on", release="mute off"), [MuteMic(True)]),
        ):
            panel = one(binding)
            panel.press("b")
            panel.give(SourceGone("buttons.b"))
            assert panel.settle() == did


class TestRow:
    ROW = bind(["mute on", "wait 2", f"call {ANNA}"])

    def test_one_after_the_other_with_waits(self) -> None:
        panel = one(self.ROW)
        panel.tap("b")
        assert panel.did == [MuteMic(True)]
        panel.wait(1.8)
        assert panel.did == [MuteMic(True)]
        assert panel.settle() == [MuteMic(True), Call(ANNA)]

    def test_without_waits_all_at_once(self) -> None:
        panel = one(bind(["volume 10", "mute on", "camera home"]))
        panel.press("b")
        assert panel.did == [SetVolume(0.1), MuteMic(True), HomeCamera()]

    def test_each_means_what_it_means_in_its_moment(self) -> None:
        panel = one(self.ROW)
        panel.tap("b")
        rows = panel.state.rows
        panel.state = msgspec.structs.replace(panel.state, phase=Phase.IN_CALL, conversation=P2P)
        assert panel.state.rows == rows
        panel.wait(3)
        assert Call(ANNA) not in panel.did

    def test_pressing_again_ends_it(self) -> None:
        panel = one(self.ROW)
        panel.tap("b")
        panel.tap("b")
        assert panel.settle() == [MuteMic(True), Explain(ROW_STOPPED)]

    def test_pressing_again_ends_one_that_was_confirmed_without_asking(self) -> None:
        panel = one(bind(["mute on", "wait 5", f"call {ANNA}"], confirm="twice"))
        for _ in range(3):
            panel.tap("b")
        assert panel.settle() == [MuteMic(True), Explain(ROW_STOPPED)]

    def test_what_is_to_be_confirmed_is_asked_for_though_the_row_of_its_button_goes_on(self) -> None:
        by_state: dict[str, str | list[str]] = {"idle": ["mute on", "wait 5", f"call {ANNA}"], "in_call": "hang_up"}
        panel = one(bind(by_state, confirm={"in_call": "twice"}))
        panel.tap("b")
        panel.state = msgspec.structs.replace(panel.state, phase=Phase.IN_CALL, conversation=P2P)
        panel.tap("b")
        assert panel.settle() == [MuteMic(True)]

    def test_hanging_up_ends_it(self) -> None:
        panel = one(self.ROW)
        panel.tap("b")
        panel.tap("red")
        assert panel.settle() == [MuteMic(True), Explain(ROW_STOPPED)]

    def test_the_hook_ends_it(self) -> None:
        panel = one(self.ROW, room(Phase.IN_CALL, conversation=P2P))
        panel.tap("b")
        panel.give(Hook(off=False))
        assert panel.settle() == [MuteMic(True), HangUp()]

    def test_a_lost_link_ends_it(self) -> None:
        panel = one(self.ROW)
        panel.tap("b")
        panel.state = reduce(panel.state, LinkChanged(DOWN), panel.now)
        panel.state = reduce(panel.state, LinkChanged(Link(LinkPhase.UP)), panel.now)
        assert panel.settle() == [MuteMic(True)]

    def test_another_button_does_not(self) -> None:
        panel = one(self.ROW)
        panel.tap("b")
        panel.tap("other")
        assert panel.settle() == [MuteMic(True), SetVolume(0.4), Call(ANNA)]

    def test_it_does_not_begin_without_a_link(self) -> None:
        panel = one(self.ROW, RoomState(link=DOWN))
        panel.tap("b")
        assert panel.settle() == [Explain(NO_LINK)]

    def test_one_by_state_is_the_one_that_was_chosen(self) -> None:
        panel = one(
            bind({"idle": ["volume 10", "wait 1", "volume 20"], "in_call": ["volume 30", "wait 1", "volume 40"]})
        )
        panel.tap("b")
        panel.state = msgspec.structs.replace(panel.state, phase=Phase.IN_CALL, conversation=P2P)
        assert panel.settle() == [SetVolume(0.1), SetVolume(0.2)]


class TestConfirm:
    def test_a_second_press_confirms(self) -> None:
        panel = one(bind("hang_up", confirm="twice"), room(Phase.IN_CALL, conversation=P2P))
        panel.tap("b")
        assert panel.did == []
        assert panel.state.notice
        assert str(panel.state.notice.text) == "Press again: end the call"
        panel.tap("b")
        assert panel.did == [HangUp()]
        assert panel.state.notice is None

    def test_later_it_asks_again(self) -> None:
        panel = one(bind("hang_up", confirm="twice"), room(Phase.IN_CALL, conversation=P2P))
        panel.tap("b")
        panel.wait(CONFIRM_WITHIN)
        panel.tap("b")
        assert panel.settle() == []

    def test_keeping_it_down_confirms(self) -> None:
        panel = one(bind("hang_up", confirm="hold"), room(Phase.IN_CALL, conversation=P2P))
        panel.tap("b")
        assert panel.did == []
        assert panel.state.notice
        assert str(panel.state.notice.text) == "Keep it down: end the call"
        panel.press("b")
        panel.give(Held("b"))
        panel.let_go("b")
        assert panel.settle() == [HangUp()]

    def test_only_where_it_is_dangerous(self) -> None:
        binding = bind({"in_call": "hang_up", "otherwise": "call"}, confirm={"in_call": "hold"})
        panel = one(binding)
        panel.tap("b")
        assert panel.did == [Call(BORIS)]
        panel = one(binding, room(Phase.IN_CALL, conversation=P2P))
        panel.tap("b")
        assert panel.settle() == []

    def test_who_calls_ends_the_question(self) -> None:
        state = room()
        panel = one(bind("redial", confirm="twice"), state)
        panel.tap("b")
        before = panel.state
        after = msgspec.structs.replace(before, phase=Phase.RINGING)
        (event,) = confirming(before, after, panel.now).events
        assert reduce(after, event, panel.now).confirming is None

    def test_without_a_link_there_is_nothing_to_confirm(self) -> None:
        panel = one(bind("redial", confirm="twice"), RoomState(link=DOWN))
        panel.tap("b")
        assert panel.settle() == [Explain(NO_LINK)]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ([], "no actions; expected one, or `none`"),
        (["volume 1"] * 21, "too many actions in a row; expected 20 at most"),
        (["camera left", "mute"], "`camera left`: cannot be one of several in a row"),
        (["mute", "wait 2"], "`wait 2`: nothing comes after it"),
        (["hang_up", "call x"], "`call x` does nothing right after `hang_up`"),
        ("wait 2", "`wait 2`: waits for nothing"),
        ({}, "no state of the room"),
        ({"ringin": "answer"}, "unknown state `ringin`; did you mean `ringing`?"),
        ({"xyz": "answer"}, "unknown state `xyz`; expected one of no_link, ringing"),
        ({"ringing": "answr"}, "for `ringing`: unknown action `answr`; did you mean `answer`?"),
        ({"ringing": "redial"}, "`redial` never does anything in the state `ringing`"),
        ({"idle": "answer"}, "`answer` never does anything in the state `idle`"),
        ({"no_link": "call"}, "`call` needs the link to the terminal"),
        ({"ringing": ["wait 2"]}, "for `ringing`: `wait 2`: nothing comes after it"),
    ],
)
def test_what_can_never_work_is_refused(said: object, why: str) -> None:
    with pytest.raises(ActionError, match=r".*") as caught:
        bind(said)  # type: ignore[arg-type]
    assert str(caught.value).startswith(why)


def test_number_of_decline() -> None:
    """The rest of a call's actions by state."""
    panel = one(bind({"ringing": "decline", "otherwise": "none"}), room(Phase.RINGING))
    panel.tap("b")
    assert panel.settle() == [Decline()]


def test_typing_is_no_gesture() -> None:
    panel = one(bind("volume 10", double="volume 20"))
    panel.give(Key("5"))
    assert panel.settle() == [EditNumber("5")]


class TestChordOfItself:
    """A button that no driver times, such as one of the panel."""

    NAME = "panel.buttons.b"

    def panel(self, binding: Binding, *holds: float) -> Panel:
        chord = {self.NAME: Chord(frozenset({self.NAME}), holds)}
        return Panel({self.NAME: binding, "other": bind("volume 90")}, room(), chord)

    def test_a_short_press_does_its_own(self) -> None:
        panel = self.panel(bind("volume 10", "volume 50"), 1.0)
        panel.give(Pressed(self.NAME))
        panel.wait(0.5)
        assert panel.did == []
        panel.give(Released(self.NAME))
        assert panel.settle() == [SetVolume(0.1)]

    def test_a_long_one_is_held_while_it_is_still_down(self) -> None:
        panel = self.panel(bind("volume 10", "volume 50"), 1.0)
        panel.give(Pressed(self.NAME))
        panel.wait(1.1)
        assert panel.did == [SetVolume(0.5)]
        panel.give(Released(self.NAME))
        assert panel.settle() == [SetVolume(0.5)]

    def test_the_longest_of_several_holds_counts(self) -> None:
        panel = self.panel(bind("none", {"1s": "volume 50", "2s": "volume 60"}), 1.0, 2.0)
        for seconds, level in ((1.5, 0.5), (2.5, 0.6)):
            panel.give(Pressed(self.NAME))
            panel.wait(seconds)
            panel.give(Released(self.NAME))
            assert panel.settle()[-1] == SetVolume(level)

    def test_what_is_down_confirms(self) -> None:
        panel = self.panel(bind("volume 10", confirm="hold"), 1.0)
        panel.give(Pressed(self.NAME))
        panel.wait(0.5)
        assert SetVolume(0.1) not in panel.did
        panel.wait(1.1)
        panel.give(Released(self.NAME))
        assert SetVolume(0.1) in panel.settle()

    def test_a_screen_that_vanishes_does_nothing_more(self) -> None:
        panel = self.panel(bind("volume 10", "volume 50"), 1.0)
        panel.give(Pressed(self.NAME), SourceGone(f"buttons.{self.NAME}"))
        panel.wait(2)
        assert panel.settle() == []
        assert panel.state.held == frozenset()
        panel.give(Pressed(self.NAME), Released(self.NAME))
        assert panel.settle() == [SetVolume(0.1)]

    def test_another_button_meanwhile_is_heard(self) -> None:
        panel = self.panel(bind("volume 10", "volume 50"), 1.0)
        panel.give(Pressed(self.NAME), Pressed("other"), Released("other"), Released(self.NAME))
        assert panel.settle() == [SetVolume(0.9), SetVolume(0.1)]
