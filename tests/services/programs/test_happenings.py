"""One source of events for all programs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import msgspec
import trio
from trio.testing import wait_all_tasks_blocked

from appliance.room.happened import ACTION, Event
from appliance.room.inputs import Hook, Input, Pressed
from appliance.room.parts.call import CallEnd, Ending
from appliance.room.state import Phase
from appliance.services.link.listening import Listening
from appliance.services.programs.happenings import Happenings
from appliance.services.store import RoomStore


class Room:
    def __init__(self) -> None:
        self.store = RoomStore()
        self.listening = Listening({Pressed, Hook}, None)
        self.time: datetime | None = datetime(2026, 11, 27, 12, tzinfo=UTC)
        self.events = Happenings(self.store, self.listening.next, lambda: self.time)

    async def becomes(self, **changed: object) -> None:
        self.store.followed.value = msgspec.structs.replace(self.store.state, **changed)
        await wait_all_tasks_blocked()

    async def feels(self, given: Input) -> None:
        self.listening.heard(given)
        await wait_all_tasks_blocked()


@asynccontextmanager
async def watched() -> AsyncIterator[Room]:
    room = Room()
    async with trio.open_nursery() as nursery:
        await nursery.start(lambda task_status: room.events.run(task_status=task_status))
        yield room
        nursery.cancel_scope.cancel()


async def test_all_hear_the_same_event_by_one_id_and_with_its_time() -> None:
    first: list[Event] = []
    second: list[Event] = []
    async with watched() as room:
        with room.events.told_to(first.append), room.events.told_to(second.append):
            await room.becomes(phase=Phase.RINGING)
            await room.feels(Pressed("call"))
            room.events.happens(Event(kind=ACTION, event_type="taken", detail="mute on", by="Reception"))
    assert [(event.name, event.detail) for event in first] == [
        ("call.ringing", ""),
        ("button.pressed", "call"),
        ("action.taken", "mute on"),
    ]
    assert first == second
    assert len({event.id for event in first}) == 3
    assert {event.at for event in first} == {"2026-11-27T12:00:00Z"}


async def test_who_has_left_hears_nothing_more() -> None:
    heard: list[Event] = []
    async with watched() as room:
        with room.events.told_to(heard.append):
            await room.becomes(phase=Phase.CALLING)
        await room.becomes(phase=Phase.IDLE, last_end=CallEnd(Ending.PEER_LEFT, 5.0))
    assert [event.name for event in heard] == ["call.calling"]


async def test_what_is_no_event_is_not_told_and_without_a_clock_there_is_no_time() -> None:
    heard: list[Event] = []
    async with watched() as room:
        room.time = None
        with room.events.told_to(heard.append):
            await room.feels(Hook(off=True))
            await room.becomes(volume=0.5)
            await room.feels(Pressed("call"))
    assert [(event.name, event.at) for event in heard] == [("button.pressed", None)]


async def test_what_was_so_before_it_ran_is_no_news() -> None:
    heard: list[Event] = []
    room = Room()
    room.store.followed.value = msgspec.structs.replace(room.store.state, phase=Phase.IN_CALL)
    async with trio.open_nursery() as nursery:
        with room.events.told_to(heard.append):
            await nursery.start(lambda task_status: room.events.run(task_status=task_status))
            await wait_all_tasks_blocked()
        nursery.cancel_scope.cancel()
    assert heard == []
