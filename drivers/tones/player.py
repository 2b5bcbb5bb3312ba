"""Plays sounds through ALSA's `aplay`.

A process can be killed, which is silence at once; a card that hangs hangs the process and not us. The libraries that
play sound block, or call back from threads of their own.
"""

import contextlib
import os
import subprocess
from pathlib import Path
from typing import Protocol

import trio

from drivers.errors import DeviceError, DeviceLost, DeviceMissing
from drivers.tones.config import TonesConfig
from drivers.tones.sound import Sound

SOUND_DEVICES = Path("/dev/snd")
BUFFER = 80_000
"""Microseconds that the card may be ahead: what is left to hear once the process is gone."""
PATIENCE = 5.0
"""Seconds that playing may take longer than the sound lasts."""
LAST = 1.0
"""Seconds that a killed process may take to be gone."""
WORDS = 4096
"""Bytes of what it says that are read."""


class Player(Protocol):
    """Plays one sound at a time."""

    async def play(self, sound: Sound) -> None:
        """Returns when it has been heard; cancelled, it stops at once. Raises `DeviceError`."""
        ...


class Aplay:
    """A player on the ALSA device of the configuration; `program` is aplay."""

    def __init__(self, config: TonesConfig, program: str = "aplay") -> None:
        self._device = config.device
        self._command = [program, "--quiet", f"--device={config.device}", f"--buffer-time={BUFFER}", "--file-type=wav"]
        self._one = trio.Lock()  # most cards play for one process only

    async def play(self, sound: Sound) -> None:
        """As in `Player`. DeviceMissing: no such card, or no aplay; DeviceError: it does not play."""
        async with self._one:
            process = await self._start(sound)
            try:
                with trio.move_on_after(sound.seconds + PATIENCE):
                    await process.wait()
            finally:
                said = await _ended(process)
        if process.returncode != 0:
            raise _failure(self._device, process.returncode, said)

    async def _start(self, sound: Sound) -> trio.Process:
        source = _file_of(sound)
        try:
            return await trio.lowlevel.open_process(
                self._command, stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
            )
        except FileNotFoundError as error:
            raise DeviceMissing(f"no {self._command[0]}: tones need Debian's package alsa-utils") from error
        except OSError as error:
            raise DeviceError(f"{self._command[0]} cannot be run: {error.strerror}") from error
        finally:
            os.close(source)


def sound_cards() -> frozenset[str]:
    """The outputs that there are now, by what the kernel calls them."""
    with contextlib.suppress(OSError):
        return frozenset(path.name for path in SOUND_DEVICES.iterdir() if path.match("pcm*p"))
    return frozenset()


def _file_of(sound: Sound) -> int:
    """A file in memory: nothing has to be fed, however slowly the card takes it."""
    source = os.memfd_create("tone")
    os.write(source, sound.wav)
    os.lseek(source, 0, os.SEEK_SET)
    return source


async def _ended(process: trio.Process) -> str:
    """What it said, once it is gone; a process that the kernel does not let go is left behind."""
    assert process.stderr is not None  # noqa: S101  # it was asked for
    with trio.move_on_after(LAST, shield=True):
        async with process.stderr as words:
            if process.returncode is None:
                process.kill()
            await process.wait()
            return (await words.receive_some(WORDS)).decode(errors="replace")
    return ""


def _failure(device: str, code: int | None, said: str) -> DeviceError:
    if code is None or code < 0:
        return DeviceLost(f"sound card {device} does not take the sound")
    lines = [line for line in said.splitlines() if line.strip()]
    why = lines[-1].rsplit("aplay: ", 1)[-1].partition(": ") if lines else ("", "", f"exit code {code}")
    return DeviceMissing(f"sound card {device}: {why[2] or why[0]}")
