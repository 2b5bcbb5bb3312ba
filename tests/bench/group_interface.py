"""The typed interface: events decoded, commands there and back, beside the least that each can cost."""

import json
import random
import time
from collections.abc import Callable, Mapping, Sequence

import click
import msgspec
import trio
from trio_websocket import WebSocketConnection

from appliance.room.parts.link import Link, LinkPhase
from appliance.room.reduce.reduce import reduce
from appliance.room.state import RoomState
from appliance.terminal.messages import UnknownEvent, decode, every
from appliance.terminal.messages.devices import GetMicMute
from appliance.terminal.session import Session, open_session
from tests.bench.far_end import HOST, FarEnd, apart, bare_server, bare_websocket
from tests.bench.figures import Limit, Ratio, Samples
from tests.bench.frames import frame
from tests.bench.other_clients import CLIENTS, round_trips
from tests.bench.reactions import take_in_succession, take_rested
from tests.bench.size import Size
from tests.bench.stream import small_events, stream

KINDS = every  # imported so that all kinds of events are known, as they are to the client
PASSES = 20  # through the stream where 300 reactions are taken
WARM_UP = 20  # commands that do not count

RATIOS = (
    Ratio("i   decode typed, over json.loads", "decode_typed", "decode_json_loads", aim=1),
    Ratio("i   decode typed, over msgspec untyped", "decode_typed", "decode_msgspec_untyped", aim=None),
    Ratio("j   command and reply, over bare trio-websocket", "round_trip", "bare_round_trip", aim=1.1),
    Ratio("j   the same, rested", "round_trip_rested", "bare_round_trip_rested", aim=1.1),
    Ratio("j   the same, over node's ws", "round_trip", "node_ws_round_trip", aim=None),
    Ratio("j   the same, rested, over the vendor's client", "round_trip_rested", "vendor_round_trip", aim=None),
)
LIMITS = (Limit("k   decode and reduce, a small event (50,000/s)", "decode_and_reduce", 20),)


def measure(size: Size, samples: Samples, notes: list[str]) -> None:
    """Adds samples of everything."""
    passes = max(1, size.rounds * PASSES // 300)
    click.echo(f"interface: {passes} times through the stream", err=True)
    decode_all(passes, samples)
    reduce_all(passes, samples)
    with bare_server(tells=False) as far_end, apart(far_end.process):
        trio.run(there_and_back, far_end, size.rounds, samples)
        notes += [round_trips(client, far_end.port, size.rounds, samples) for client in CLIENTS]


def decode_all(passes: int, samples: Samples) -> None:
    """The whole stream decoded in three ways in turn; a sample is the time of an event, as the mean of a pass."""
    events = stream()
    untyped = msgspec.json.Decoder().decode
    if unknown := {type(event).__name__ for text in events if isinstance(event := decode(text), UnknownEvent)}:
        raise RuntimeError(f"the stream has events that are not typed: {unknown}")
    ways: dict[str, Callable[[str], object]] = {
        "decode_typed": decode,
        "decode_json_loads": json.loads,
        "decode_msgspec_untyped": untyped,
    }
    take_passes(ways, events, passes, samples)


def reduce_all(passes: int, samples: Samples) -> None:
    """Small events decoded, and what they change worked out; the state goes on from event to event."""
    state = RoomState(link=Link(LinkPhase.UP))
    now = time.monotonic()

    def decode_and_reduce(text: str) -> None:
        nonlocal state
        state = reduce(state, decode(text), now)

    take_passes({"decode_and_reduce": decode_and_reduce}, small_events(), passes, samples)


def take_passes(
    ways: Mapping[str, Callable[[str], object]], events: Sequence[str], passes: int, samples: Samples
) -> None:
    """Every way once a pass, in an order that is another in each; the first pass does not count."""
    for number in range(passes + 1):
        for name, way in random.sample(list(ways.items()), len(ways)):
            began = time.perf_counter()
            for text in events:
                way(text)
            if number:
                samples.setdefault(name, []).append((time.perf_counter() - began) / len(events))


class RoundTrips:
    """One sample of a command and its reply, by the session and by trio-websocket alone."""

    def __init__(self, session: Session, bare: WebSocketConnection) -> None:
        self._session = session
        self._bare = bare
        self._text = frame(GetMicMute())

    async def round_trip(self) -> dict[str, int]:
        """A typed command, until there is a typed reply."""
        began = time.perf_counter_ns()
        await self._session.request(GetMicMute())
        return {"round_trip": time.perf_counter_ns() - began}

    async def bare_round_trip(self) -> dict[str, int]:
        """The same text sent, until a text comes; neither is made nor looked at."""
        began = time.perf_counter_ns()
        await self._bare.send_message(self._text)
        await self._bare.get_message()
        return {"bare_round_trip": time.perf_counter_ns() - began}


async def there_and_back(far_end: FarEnd, rounds: int, samples: Samples) -> None:
    """Commands to the same server over two connections in turn."""
    async with (
        open_session(HOST, far_end.port, lambda _event, _text: None) as session,
        bare_websocket(far_end, "/") as bare,
    ):
        trips = RoundTrips(session, bare)
        ways = [trips.round_trip, trips.bare_round_trip]
        await take_in_succession(ways, WARM_UP, {})
        await take_in_succession(ways, rounds * 3, samples)
        await take_rested(ways, rounds, samples, "_rested")
