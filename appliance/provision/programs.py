"""Programs of the system that are given bytes and say bytes: ssh-keygen, age, openssl."""

from collections.abc import Sequence
from subprocess import CompletedProcess

import trio

WITHIN = 30.0  # seconds; a key is made in one on the slowest board


class ProgramError(Exception):
    """A program is missing, did not end, or said no; the message has its last words."""


async def run(command: Sequence[str], content: bytes) -> bytes:
    """What a program says about some bytes. Raises `ProgramError`."""
    try:
        with trio.fail_after(WITHIN):
            done: CompletedProcess[bytes] = await trio.run_process(
                command, stdin=content, capture_stdout=True, capture_stderr=True, check=False
            )
    except trio.TooSlowError:
        raise ProgramError(f"{command[0]} took more than {WITHIN:g} s") from None
    except OSError as error:
        raise ProgramError(f"{command[0]}: {error.strerror}; expected the program {command[0]}") from None
    if done.returncode:
        raise ProgramError(" ".join(done.stderr.decode(errors="replace").split())[-200:])
    return done.stdout
