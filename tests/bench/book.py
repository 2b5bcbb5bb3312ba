"""Address books of several sizes: what it costs that somebody in it comes or goes, and that a large one arrives."""

import json
import random
import time

import trio
import trio.testing

from appliance.room.parts.link import Link, LinkPhase
from appliance.room.reduce.reduce import reduce
from appliance.room.state import RoomState
from appliance.terminal.messages import decode
from appliance.terminal.messages.enums import PeerStatus
from appliance.terminal.messages.people import AddressBookReceived
from tests.bench.far_end import FarEnd
from tests.bench.figures import Samples
from tests.bench.patience import patience
from tests.bench.room import BenchRoom
from tests.bench.steps import StepTimer

SIZES = (100, 1_000, 20_000)
AT_ONCE = 20  # events whose time is taken together
LARGE = SIZES[-1]
QUIET = 0.2  # seconds in which no task has a step: what the room does of an event is done then


def status_events(rounds: int, samples: Samples) -> None:
    """Adds the time of an event that one person in the book came or went, by size of the book, in turn."""
    rooms = {size: _room(size) for size in SIZES}
    for number in range(rounds):
        for size in random.sample(SIZES, len(SIZES)):
            told = [decode(_status(random.randrange(size), 1 + number % 2)) for _ in range(AT_ONCE)]
            now, state = time.monotonic(), rooms[size]
            began = time.perf_counter()
            for event in told:
                state = reduce(state, event, now)
            samples.setdefault(f"status_event_{size}", []).append((time.perf_counter() - began) / AT_ONCE)
            rooms[size] = state


async def arrivals(room: BenchRoom, far_end: FarEnd, samples: Samples) -> str:
    """Adds the longest step of the loop while a large book arrives, is read and is used; returns whose it was."""
    number = len(samples.get("longest_step_book", []))
    far_end.send_event("websocket", _book(LARGE, number).encode())
    timer = StepTimer()  # what was done until now is no step of the room's
    trio.lowlevel.add_instrument(timer)
    followed = room.appliance.store.followed
    with trio.fail_after(patience(10)):
        while _name(room) != f"Person 0, {number}":
            await followed.newer_than(followed.value)
        far_end.send_event("websocket", _status(LARGE - 1, PeerStatus.BUSY).encode())
        while _status_of(room, LARGE - 1) != PeerStatus.BUSY:
            await followed.newer_than(followed.value)
        await trio.testing.wait_all_tasks_blocked(QUIET)
    trio.lowlevel.remove_instrument(timer)
    samples.setdefault("longest_step_book", []).append(timer.longest)
    return timer.task


def _name(room: BenchRoom) -> str:
    return next((contact.peer_name for contact in room.appliance.store.state.contacts), "")


def _status_of(room: BenchRoom, person: int) -> PeerStatus:
    return room.appliance.store.state.contacts[person].status


def _room(size: int) -> RoomState:
    book = decode(_book(size, 0))
    assert isinstance(book, AddressBookReceived)
    return reduce(RoomState(link=Link(LinkPhase.UP)), book, time.monotonic())


def _book(size: int, number: int) -> str:
    people = [{"peerId": f"user{n}@example.com", "peerDn": f"Person {n}, {number}", "status": 1} for n in range(size)]
    return json.dumps({"event": "abReceivedAfterLogin", "abook": people, "method": "event"})


def _status(person: int, status: int) -> str:
    changed = [{"peerId": f"user{person}@example.com", "peerDn": "", "status": status}]
    return json.dumps({"event": "usersStatusesChanged", "usersStatuses": changed, "method": "event"})
