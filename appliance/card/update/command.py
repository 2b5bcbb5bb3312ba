"""Runs a program of the system with a deadline: an update that hangs half-way must not hang for ever."""

import os
from collections.abc import Mapping, Sequence

import trio

from appliance.language.text import Text, Worded

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
"""Where programs are looked for at last: a login shell's list may lack sbin, where `fw_setenv` and `losetup` are."""

LONGEST = 300  # characters of a program's words that are kept


class Failed(Worded):
    """A step of an update failed, and why. `lasting`: doing it again gives the same."""

    def __init__(self, text: Text, *, lasting: bool = False) -> None:
        super().__init__(text)
        self.lasting = lasting


async def run(command: Sequence[str], within: float, environ: Mapping[str, str] = os.environ) -> str:
    """Runs a program and returns what it printed. Raises `Failed` with its words; so it does after `within` seconds."""
    name = " ".join(command[:2])
    own = {**environ, "PATH": f"{environ.get('PATH', PATH)}:{PATH}", "LC_ALL": "C.UTF-8"}
    try:
        with trio.fail_after(within):
            done = await trio.run_process(
                command, capture_stdout=True, capture_stderr=True, check=False, env=own, stdin=b""
            )
    except trio.TooSlowError:
        raise Failed(Text("update.why.late", step=name, seconds=round(within))) from None
    except OSError as error:
        raise Failed(Text("update.why.installer", step=name, words=str(error))) from None
    if done.returncode:
        words = plain((done.stderr or done.stdout).decode(errors="replace")) or f"exit code {done.returncode}"
        raise Failed(Text("update.why.installer", step=name, words=words))
    return done.stdout.decode(errors="replace")


def plain(words: str) -> str:
    """Returns the end of what a program said, on one line."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    text = "; ".join(lines)
    return "".join(each if each.isprintable() else "?" for each in text)[-LONGEST:]
