"""A stand-in for aplay: a real process that notes how it was called and what it was given, and takes its time."""

import os
import sys
from pathlib import Path

import trio

SCRIPT = """#!{python} -S
import os, sys, time
folder = {folder!r}
card = open(folder + "/card").read().split(None, 1)
if card[0] == "missing":
    sys.exit("ALSA lib pcm.c:2721: Unknown PCM\\naplay: main:850: audio open error: " + card[1])
number = len([name for name in os.listdir(folder) if name.startswith("run-")])
with open(folder + "/run-%03d" % number, "wb") as run:
    run.write(repr(sys.argv[1:]).encode() + b"\\n" + sys.stdin.buffer.read())
os.rename(folder + "/run-%03d" % number, folder + "/run-%03d.%d" % (number, os.getpid()))
with open(folder + "/heard", "w") as heard:
    heard.write("!")  # a pipe: whoever reads it knows
if card[0] == "endless":
    time.sleep(60)
if card[0] == "single":
    try:
        os.mkdir(folder + "/busy")
    except FileExistsError:
        sys.exit("aplay: main:850: audio open error: Device or resource busy")
    time.sleep(0.1)  # what the sound lasts
    os.rmdir(folder + "/busy")
"""


class Card:
    """The stand-in in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.program = folder / "aplay"
        self.program.write_text(SCRIPT.format(python=sys.executable, folder=str(folder)))
        self.program.chmod(0o700)
        os.mkfifo(folder / "heard")
        self._heard = os.open(folder / "heard", os.O_RDWR | os.O_NONBLOCK)
        self.plays()

    def close(self) -> None:
        os.close(self._heard)

    def plays(self) -> None:
        """Each sound ends at once."""
        self._is("there -")

    def never_ends(self) -> None:
        """Each sound lasts until somebody kills it."""
        self._is("endless -")

    def plays_for_one(self) -> None:
        """Each sound lasts a moment, in which nobody else can be heard."""
        self._is("single -")

    def missing(self, why: str = "No such file or directory") -> None:
        self._is(f"missing {why}")

    def _is(self, words: str) -> None:
        (self._folder / "card").write_text(words)

    async def until_heard(self) -> bytes:
        """The WAV of the next sound, as soon as it is being played."""
        with trio.fail_after(600):
            await trio.lowlevel.wait_readable(self._heard)
        os.read(self._heard, 1)
        return self.last()[1]

    def runs(self) -> list[Path]:
        return sorted(path for path in self._folder.glob("run-*.*"))

    def last(self) -> tuple[str, bytes]:
        """How it was called last, and the WAV that it was given."""
        arguments, _, wav = self.runs()[-1].read_bytes().partition(b"\n")
        return arguments.decode(), wav

    def alive(self) -> bool:
        """Whether the last process still is."""
        return Path(f"/proc/{self.runs()[-1].suffix[1:]}").exists()
