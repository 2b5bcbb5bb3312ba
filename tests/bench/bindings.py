"""What a press means, in a room that has little bound to it and in one that has much: how long it takes to find out."""

import time

from appliance.room.actions import MOST_STEPS
from appliance.room.bindings.bindings import Bindings, Chord, bind
from appliance.room.inputs import Pressed, Released
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.reactions.presses import confirming, presses
from appliance.room.respond import respond
from appliance.room.state import Phase, RoomState
from tests.bench.figures import Samples

BOUND = (3, 200)
TIMES = 50  # presses a sample: a single one is over before a clock has ticked
ROOM = RoomState(link=Link(LinkPhase.UP), phase=Phase.IDLE, mic_muted=False)


def bindings(count: int) -> Bindings:
    """So many buttons, the first of which mutes; the others have gestures of every kind, in turn."""
    kinds = (
        bind({"ringing": "answer", "in_call": "hang_up", "otherwise": "call"}),
        bind(["volume 40"] * (MOST_STEPS - 1) + ["call 1@example.com"]),
        bind("call", {"1s": "redial", "3s": "reclaim"}),
        bind("call", double="redial"),
        bind("redial", confirm="twice"),
    )
    buttons = {"mute": bind("mute on"), **{f"b{n}": kinds[n % len(kinds)] for n in range(count - 1)}}
    chords = {f"chords.c{n}": Chord(frozenset({f"b{n}", f"b{n + 1}"})) for n in range(0, count - 2, 10)}
    parts = {part: tuple(name for name in chords if part in chords[name].buttons) for part in buttons}
    return Bindings(buttons=buttons, chords=chords, parts={name: each for name, each in parts.items() if each})


def resolving(rounds: int, samples: Samples) -> None:
    """Adds samples of `press_resolved_COUNT`: a press and its release to orders and the state after, one by one."""
    rooms = {count: bindings(count) for count in BOUND}
    for _ in range(rounds):
        for count, bound in rooms.items():
            began = time.perf_counter()
            for _ in range(TIMES):
                state, _ = respond(Pressed("mute"), ROOM, bound, 1.0)
                respond(Released("mute"), state, bound, 1.1)
                presses(ROOM, state, 1.1)
                confirming(ROOM, state, 1.1)
            samples.setdefault(f"press_resolved_{count}", []).append((time.perf_counter() - began) / TIMES)
