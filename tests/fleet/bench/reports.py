"""What a process with rooms is asked for, line by line, and what it says: the same for each kind of client.

`ready`: waits until all of its rooms are, and reports; `lost`: they are about to lose the broker; `say SECONDS`: each
says one part of itself a second; `heard`: reports. It ends with its standard input.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from appliance.fleet.mqtt.topics import CALL, HEALTH, IDENTITY, PARTS
from tests.fleet.bench.place import Place

EACH = 250  # rooms of a process
STATE = (IDENTITY, HEALTH, *PARTS)
SAID = CALL  # each second
PAYLOAD = b'{"version":1,"padding":"' + b"x" * 170 + b'"}'  # as long as the parts of a room are in the mean
KEPT = len(STATE) + 1  # retained messages of a room
_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICK = os.sysconf("SC_CLK_TCK")


class Room(msgspec.Struct):
    """When a room's turn to connect was last, when all that it has to say had arrived, and when it was asked."""

    turn: float = 0.0
    ready: float = 0.0
    heard: float = 0.0


class Report(msgspec.Struct):
    """The rooms of a process, its memory in bytes, what it had before it made any, and its processor time (seconds)."""

    rooms: list[Room]
    memory: int
    empty: int
    processor: float


class Reports:
    """Reports of this process, which has no rooms yet."""

    def __init__(self) -> None:
        self._empty = memory(os.getpid())

    def say(self, rooms: Sequence[Room]) -> None:
        """Reports."""
        said = Report([*rooms], memory(os.getpid()), self._empty, processor(os.getpid()))
        sys.stdout.write(msgspec.json.encode(said).decode() + "\n")
        sys.stdout.flush()


class Rooms:
    """Processes with rooms, told from here."""

    def __init__(self, kind: str, place: Place, count: int) -> None:
        """`kind`: a module beside this one."""
        self._processes = [
            subprocess.Popen(
                [sys.executable, "-m", f"tests.fleet.bench.{kind}", _words(place, first, min(EACH, count - first))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for first in range(0, count, EACH)
        ]

    def ask(self, words: str) -> list[Report]:
        """Asks all of them, and returns what they say, in any case when all have done it. Blocks."""
        for process in self._processes:
            assert process.stdin is not None
            process.stdin.write(f"{words}\n")
            process.stdin.flush()
        lines = [process.stdout.readline() for process in self._processes if process.stdout is not None]
        return [msgspec.json.decode(line, type=Report) for line in lines]

    def close(self) -> None:
        """Ends them."""
        for process in self._processes:
            process.communicate("")


def _words(place: Place, first: int, count: int) -> str:
    told = {"port": place.port, "folder": place.folder and str(place.folder), "spread": place.spread}
    return json.dumps({"place": told, "first": first, "count": count})


class Task(msgspec.Struct):
    """What a process with rooms is to do."""

    place: Place
    first: int
    count: int


def task() -> Task:
    """What this process is to do."""
    return msgspec.json.decode(sys.argv[1], type=Task, dec_hook=lambda kind, value: kind(value))


def memory(pid: int) -> int:
    """Returns the resident memory of a process in bytes."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE


def processor(pid: int) -> float:
    """Returns the processor time of a process in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK
