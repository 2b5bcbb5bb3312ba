"""The simulated room: commands a second beside a bare echo, what a hundred rooms cost, how long a start takes."""

import json
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

import click

from tests.bench.far_end import apart
from tests.bench.figures import Limit, Ratio, Samples
from tests.bench.plain_client import PlainClient, text_frame
from tests.bench.processes import IMPORTED, Run, importing, of_other_people, running, told
from tests.bench.size import Size
from tests.bench.watched_run import MODULES

READY = rb'\{"ready":true.*\}'
SIMULATE = ("-m", "appliance", "simulate")
AT_ONCE = 32  # commands under way at once: the server is never without work
WARM_UP = 20  # batches that do not count
READS = ("getMicMute", "getAudioMute", "getAppState", "getLogin", "getVideoMute")

RATIOS = (
    Ratio("l   a command, over a bare echo (0.6 of its rate)", "simulated_command", "echo_command", aim=1 / 0.6),
    Ratio("l   one that changes something", "simulated_change", "echo_change", aim=None),
    Ratio("l   one at a time", "simulated_command_alone", "echo_command_alone", aim=None),
    Ratio("m   memory: a late room, over an early one", "late_room_rss", "early_room_rss", aim=1.25),
    Ratio("n   start to ready, over bare imports", "start_to_simulated", "import_simulator_floor"),
)
LIMITS = (
    Limit("m   memory of a late room", "late_room_rss", 2),
    Limit("m   idle: processor time a second, all rooms", "idle_cpu_all_rooms", 1),
)


def measure(size: Size, samples: Samples, notes: list[str]) -> None:
    """Adds samples of everything."""
    click.echo("simulator: commands", err=True)
    with two_servers() as (room, echo):
        take_batches(room, echo, size.rounds, samples)
    for number in range(size.weighings):
        click.echo(f"simulator: {size.rooms} rooms, {number} of {size.weighings}", err=True)
        weigh(size.rooms, size.idle, samples)
    notes.append(f"rooms: early are those up to number {size.rooms // 2}, late the others of {size.rooms}")
    take_starts(size.starts, samples)


@contextmanager
def two_servers() -> Iterator[tuple[PlainClient, PlainClient]]:
    """A simulated room and an echo, with a processor of their own that they share: one of them has nothing to do."""
    with running(*SIMULATE) as simulator, running("-m", "tests.bench.echo_server") as echo, ExitStack() as stack:
        stack.enter_context(apart(simulator.process.pid, echo.process.pid))
        room = PlainClient(json.loads(simulator.says(READY)[0])["ws"])
        stack.callback(room.close)
        room.ask([command("auth", type="unsecured")])
        bare = PlainClient(int(echo.says(rb"port (\d+)\n")[1]))
        stack.callback(bare.close)
        yield room, bare


def take_batches(room: PlainClient, echo: PlainClient, batches: int, samples: Samples) -> None:
    """Commands of each kind to each server in turn; a sample is the time of a command, as the mean of a batch."""
    reads = [command(READS[number % len(READS)]) for number in range(AT_ONCE)]
    changes = [command("setMicMute", mute=number % 2 == 0) for number in range(AT_ONCE)]
    kinds = {"command": reads, "change": changes, "command_alone": reads[:1]}
    ways = [
        (f"{server}_{kind}", client, frames)
        for server, client in (("simulated", room), ("echo", echo))
        for kind, frames in kinds.items()
    ]
    for number in range(WARM_UP + batches):
        for name, client, frames in random.sample(ways, len(ways)):
            seconds = batch(client, frames)
            if number >= WARM_UP:
                samples.setdefault(name, []).append(seconds / len(frames))


def batch(client: PlainClient, frames: Sequence[bytes]) -> float:
    """Seconds from the first command to the last answer; all must have been done."""
    began = time.perf_counter()
    answers = client.ask(frames)
    took = time.perf_counter() - began
    if any(b'"result":false' in answer for answer in answers):
        raise RuntimeError(f"refused: {answers}")
    return took


def weigh(rooms: int, seconds: float, samples: Samples) -> None:
    """Memory of one room more, and processor time a second of idling, with one room, with half and with all of them."""
    counts = (1, rooms // 2, rooms)
    with ExitStack() as stack:
        runs = [stack.enter_context(running(*SIMULATE, "--rooms", str(count))) for count in counts]
        for run in runs:
            run.says(READY)
        time.sleep(seconds)
        first, half, full = (run.memory()["Rss"] for run in runs)
        took = idling(runs, seconds)
    samples.setdefault("early_room_rss", []).append((half - first) / (counts[1] - 1))
    samples.setdefault("late_room_rss", []).append((full - half) / (counts[2] - counts[1]))
    samples.setdefault("first_room_rss", []).append(first)
    for name, cpu in zip(("idle_cpu_one_room", "idle_cpu_half_the_rooms", "idle_cpu_all_rooms"), took, strict=True):
        samples.setdefault(name, []).append(cpu)


def idling(runs: Sequence[Run], seconds: float) -> list[float]:
    """Seconds of processor time that each takes in a second."""
    before = [processor_time(run.process.pid) for run in runs]
    began = time.perf_counter()
    time.sleep(seconds)
    after = [processor_time(run.process.pid) for run in runs]
    return [(end - begin) / (time.perf_counter() - began) for begin, end in zip(before, after, strict=True)]


def processor_time(process: int) -> float:
    """Seconds that a process has computed so far, by the clock that Linux has for it (clock_getcpuclockid)."""
    return time.clock_gettime(~process << 3 | 2)


def take_starts(starts: int, samples: Samples) -> None:
    """Adds samples of a start, and of the bare imports, in turn."""
    with running("-m", "tests.bench.watched_run", "simulate") as run:
        run.says(READY)
        bare = importing(of_other_people(told(run.end(), MODULES)))
    contest = (
        ("start_to_simulated", SIMULATE, READY),
        ("import_simulator_floor", ("-c", bare), IMPORTED),
    )
    for number in range(starts + 1):
        click.echo(f"simulator starts: {number} of {starts}", err=True)
        for name, program, mark in contest:
            with running(*program) as run:
                seconds = run.seconds_until(mark)
            if number:
                samples.setdefault(name, []).append(seconds)


def command(method: str, **parameters: object) -> bytes:
    """A frame."""
    return text_frame(json.dumps({"method": method, "requestId": "1000", **parameters}).encode())
