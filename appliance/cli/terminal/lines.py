"""Messages of the terminal on standard output, one a line."""

from typing import TextIO

import msgspec


def print_message(message: bytes, out: TextIO) -> None:
    """Prints a JSON text as one line, at once."""
    print(msgspec.json.format(message, indent=0).decode(), file=out, flush=True)
