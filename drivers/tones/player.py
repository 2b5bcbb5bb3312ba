"""Plays sounds through ALSA's `aplay`.

A process can be killed, which silences it at once, and a card that hangs blocks the process and not us. Libraries that
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
"""Microseconds of sound buffered by the card, which are still heard after the process is killed."""
PATIENCE = 5.0
"""Seconds that playing may take beyond the length of the sound."""
EXIT_TIME = 1.0
"""Seconds that a killed process may take to exit."""
LONGEST_OUTPUT = 4096
"""Bytes of its error output that are read."""


class Player(Protocol):
    """Plays one sound at a time."""

    async def play(self, sound: Sound) -> None:
        """Plays to the end of the sound; stops at once when cancelled. Raises `DeviceError`."""
        ...


class Aplay:
    """Plays on the configured ALSA device; `program` is aplay."""

    def __init__(self, config: TonesConfig, program: str = "aplay") -> None:
        self._device = config.device
        self._command = [program, "--quiet", f"--device={config.device}", f"--buffer-time={BUFFER}", "--file-type=wav"]
        self._playing = trio.Lock()  # most cards play for one process only

    async def play(self, sound: Sound) -> None:
        """See `Player`. Raises DeviceMissing without the card or without aplay, DeviceError when it does not play."""
        async with self._playing:
            process = await self._start(sound)
            try:
                with trio.move_on_after(sound.seconds + PATIENCE):
                    await process.wait()
            finally:
                output = await _ended(process)
        if process.returncode != 0:
            raise _failure(self._device, process.returncode, output)

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
    """Returns the kernel's names of the sound outputs that exist now."""
    with contextlib.suppress(OSError):
        return frozenset(path.name for path in SOUND_DEVICES.iterdir() if path.match("pcm*p"))
    return frozenset()


def _file_of(sound: Sound) -> int:
    """Returns a file descriptor in memory, so that nothing has to be fed, however slowly the card plays."""
    source = os.memfd_create("tone")
    os.write(source, sound.wav)
    os.lseek(source, 0, os.SEEK_SET)
    return source


async def _ended(process: trio.Process) -> str:
    """Ends the process and returns its error output; one that the kernel cannot end is left behind."""
    assert process.stderr is not None  # noqa: S101  # it was asked for
    with trio.move_on_after(EXIT_TIME, shield=True):
        async with process.stderr as output:
            if process.returncode is None:
                process.kill()
            await process.wait()
            return (await output.receive_some(LONGEST_OUTPUT)).decode(errors="replace")
    return ""


def _failure(device: str, code: int | None, output: str) -> DeviceError:
    if code is None or code < 0:
        return DeviceLost(f"sound card {device} does not take the sound")
    lines = [line for line in output.splitlines() if line.strip()]
    why = lines[-1].rsplit("aplay: ", 1)[-1].partition(": ") if lines else ("", "", f"exit code {code}")
    return DeviceMissing(f"sound card {device}: {why[2] or why[0]}")
