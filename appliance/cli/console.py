"""A conversation with whoever sits at the terminal, without holding up what runs beside it."""

import os
from collections.abc import Callable
from typing import Final

import click
import trio

CHUNK: Final = 4096


class Console:
    """Says lines and hears what is typed. `fd`: a terminal or a pipe; from anything else nothing is ever heard."""

    def __init__(self, fd: int = 0, say: Callable[[str], object] = click.echo) -> None:
        self._fd = fd
        self._say = say
        self._typed = b""

    def say(self, text: str) -> None:
        """Shows a line."""
        self._say(text)

    async def enter(self) -> str:
        """What was typed when Enter is pressed; waits for ever where nothing can be typed any more."""
        while b"\n" not in self._typed:
            await self._hear()
        line, _, self._typed = self._typed.partition(b"\n")
        return line.decode("utf-8", "replace").strip()

    async def _hear(self) -> None:
        try:
            await trio.lowlevel.wait_readable(self._fd)
            typed = os.read(self._fd, CHUNK)
        except OSError:  # a file, /dev/null, or a terminal that was closed
            typed = b""
        if not typed:
            await trio.sleep_forever()
        self._typed = (self._typed + typed)[-CHUNK:]
