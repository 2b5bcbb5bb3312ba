"""A press is shown in time though the terminal takes no frame, and nothing is expected of what is never done."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Never, cast

import msgspec
import pytest
import trio
import trio.testing

from appliance.room import actions
from appliance.room.bindings.bindings import Binding, Bindings, bind
from appliance.room.inputs import Pressed, Released
from appliance.room.local_events.link import LinkChanged
from appliance.room.parts.call import Conversation, Muted, OnHold
from appliance.room.parts.link import Link as LinkState
from appliance.room.parts.link import LinkPhase
from appliance.room.parts.person import Person
from appliance.room.parts.podium import Podium
from appliance.room.parts.presses import Running
from appliance.room.parts.requests import Wish
from appliance.room.state import Phase, RoomState
from appliance.services.link.controller import Controller
from appliance.services.store import RoomStore
from appliance.terminal.errors import Refused, TerminalError, Timeout
from appliance.terminal.link import Link
from appliance.terminal.messages.base import Command
from tests.room.rooms import BORIS, P2P, looked_at, room
from tests.room.test_requests import CASES, theirs
from tests.some import some
from tests.virtual_time import passes

WORDS = (
    *("accept", "answer", "decline", "hang_up", "hold on", "hold off", "dial 5", "podium ask", "volume 40"),
    *("camera left", "camera right"),
)
BINDINGS = Bindings(buttons={words: bind(words) for words in WORDS})


class FullSocket:
    """A link whose frames do not leave."""

    writable = False

    async def until_writable(self) -> Never:
        await trio.sleep_forever()
        raise AssertionError


async def test_a_press_is_shown_within_100_ms_though_its_frame_does_not_leave(autojump_clock: object) -> None:
    store = RoomStore()
    store.apply(LinkChanged(LinkState(LinkPhase.UP)))
    bindings = Bindings(buttons={"mute": Binding(press=actions.Mute("mic", on=True))})
    link = cast("Link", FullSocket())
    controller = Controller(store, link, bindings, move_local=lambda _: None, intended=lambda _intent, _before: None)
    async with trio.open_nursery() as nursery:
        await nursery.start(lambda task_status: controller.run(task_status=task_status))
        seen: list[tuple[float, RoomState]] = []

        async def show() -> None:
            state = await store.followed.newer_than(store.state)
            seen.append((trio.current_time(), state))

        nursery.start_soon(show)
        await trio.testing.wait_all_tasks_blocked()
        pressed = trio.current_time()
        controller.put(Pressed("mute"))
        await trio.sleep(1)
        assert [(at - pressed <= 0.1, state.asked is not None) for at, state in seen] == [(True, True)]
        nursery.cancel_scope.cancel()


class Failing:
    """A link that the terminal answers with an error."""

    writable = True

    def __init__(self, error: TerminalError) -> None:
        self._error = error

    async def until_writable(self) -> None:
        """Returns at once."""

    def post_now(self, command: Command, *, urgent: bool = False) -> "Failing":
        return self

    arrived = True

    async def wait(self) -> Never:
        raise self._error


@asynccontextmanager
async def pressing(state: RoomState, link: object) -> AsyncIterator[tuple[RoomStore, Controller]]:
    """A room in this state whose terminal is behind this link."""
    await passes(60.0)
    store = RoomStore()
    store.followed.value = looked_at(state, trio.current_time())
    controller = Controller(
        store, cast("Link", link), BINDINGS, move_local=lambda _: None, intended=lambda _intent, _before: None
    )
    async with trio.open_nursery() as nursery:
        await nursery.start(lambda task_status: controller.run(task_status=task_status))
        yield store, controller
        nursery.cancel_scope.cancel()


async def after_a_press(state: RoomState, words: str, error: TerminalError) -> RoomState:
    """The room once the terminal has answered this press with this."""
    async with pressing(state, Failing(error)) as (store, controller):
        controller.put(Pressed(words))
        await trio.testing.wait_all_tasks_blocked()
        return store.state


# what another press makes pointless before it is sent

ASKS = "Hang-up requested…"


@pytest.mark.parametrize(
    ("before", "words"),
    [(state, "accept") for wish, state in CASES.items() if wish is not Wish.REMARK]
    + [(CASES[Wish.RECORD], "decline"), (theirs(), "podium ask"), (theirs(), "dial 5"), (theirs(), "hang_up")],
)
async def test_what_a_hang_up_displaces_is_not_asked_any_more(
    autojump_clock: object, before: RoomState, words: str
) -> None:
    async with pressing(before, FullSocket()) as (store, controller):
        controller.put(Pressed(words))
        controller.put(Pressed("hang_up"))
        state = store.state
        assert [request.answer for request in state.requests] == [None] * len(before.requests)
        assert (state.podium, state.notice, str(some(state.asked).text)) == (Podium(), None, ASKS)


async def test_a_call_that_was_answered_and_then_declined_has_not_been_taken(autojump_clock: object) -> None:
    async with pressing(HELD, FullSocket()) as (store, controller):
        controller.put(Pressed("answer"))
        assert some(store.state.on_hold).answered
        controller.put(Pressed("decline"))
        assert not some(store.state.on_hold).answered
        assert str(some(store.state.asked).text) == "Decline requested…"


async def test_of_movements_the_latest_is_asked_until_it_is_stopped(autojump_clock: object) -> None:
    async with pressing(room(), FullSocket()) as (store, controller):
        controller.put(Pressed("camera left"))
        controller.put(Pressed("camera right"))
        assert str(some(store.state.asked).text) == "Move requested…"
        controller.put(Released("camera right"))
        assert store.state.asked is None


# what the terminal refuses

OTHER = Conversation(peer=Person(BORIS), conf_id="9")
MUTED: dict[str, Any] = {"mic_muted": True, "audio_muted": True, "video_muted": True}
ON: dict[str, Any] = {"mic_muted": False, "audio_muted": False, "video_muted": False, "volume": 0.5}
TALKING = room(Phase.IN_CALL, conversation=P2P, **ON)
HELD = room(
    Phase.IN_CALL,
    conversation=P2P,
    call_waiting=OTHER,
    on_hold=OnHold(P2P.conf_id, frozenset({Muted.MIC, Muted.AUDIO, Muted.VIDEO})),
    **MUTED,
)
WITHOUT = {"notice": None, "asked": None, "active_at": 0.0, "touched_at": None, "prompt": None}


@pytest.mark.parametrize(
    ("before", "words"),
    [(TALKING, "volume 40"), (TALKING, "hang_up"), (TALKING, "hold on"), (HELD, "hold off"), (HELD, "answer")],
)
async def test_nothing_is_expected_of_what_the_terminal_refuses(
    autojump_clock: object, before: RoomState, words: str
) -> None:
    state = await after_a_press(before, words, Refused("it", "no"))
    assert state.notice is not None
    assert msgspec.structs.replace(state, **WITHOUT) == before


async def test_a_refused_hold_gives_back_nothing_of_a_microphone_that_was_muted_before(autojump_clock: object) -> None:
    already = msgspec.structs.replace(TALKING, mic_muted=True)
    assert (await after_a_press(already, "hold on", Refused("it", "no"))).on_hold == OnHold(P2P.conf_id)


@pytest.mark.parametrize("words", ["hold on", "hang_up"])
async def test_what_is_not_answered_may_be_done_all_the_same(autojump_clock: object, words: str) -> None:
    state = await after_a_press(TALKING, words, Timeout("it", 5.0))
    assert (state.on_hold is not None, state.about_to_end is not None) == (words == "hold on", words == "hang_up")


async def test_what_follows_in_a_row_is_not_done_once_the_terminal_has_refused_a_part(autojump_clock: object) -> None:
    row = Running("press", 0, "", step=1, at=trio.current_time() + 120.0)
    state = await after_a_press(msgspec.structs.replace(room(), rows={"other": row}), "volume 40", Refused("it", "no"))
    assert state.rows == {}
