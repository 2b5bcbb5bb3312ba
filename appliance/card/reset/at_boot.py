"""What a start says and does about a reset."""

import contextlib
import subprocess
from pathlib import Path

import msgspec

from appliance.card.apply import FILE
from appliance.card.boot_partition import of_card
from appliance.card.reset import installed
from appliance.card.reset.card import Step, is_card, step
from appliance.card.spoken import language_on
from appliance.language.catalogue import ENGLISH
from appliance.language.text import Text
from appliance.runtime import atomic

ERRORS = "reset.errors.txt"
WITHIN = 30  # seconds that systemd may take to accept a job
_SAID = {Step.RESTART: Text("reset.restarts"), Step.DONE: Text("reset.done")}


class Outcome(msgspec.Struct, frozen=True):
    """What to print, and whether the machine is to be restarted now."""

    words: str = ""
    restart: bool = False
    failed: bool = False


def at_boot(root: Path, boot: Path) -> Outcome:
    """Does the next step of a reset. `boot`: the boot partition, writable, where there is one."""
    if not is_card(root):
        return _of_an_installation(root, boot)
    try:
        done = step(root, boot)
    except OSError as error:
        return _failed(boot, Text("reset.not_writable", path=str(boot), words=str(error)))
    if done is Step.NOT_EMPTIED:
        return _failed(boot, Text("reset.not_emptied"))
    return Outcome(_in_both(boot, _SAID[done]) if done in _SAID else "", restart=done is Step.RESTART)


def restart() -> None:
    """Asks systemd to restart the machine."""
    subprocess.run(("/usr/bin/systemctl", "--no-block", "reboot"), check=True, timeout=WITHIN)


def _of_an_installation(root: Path, boot: Path) -> Outcome:
    if not installed.is_running(root):
        return Outcome()
    installed.carry_out(root, of_card(root, boot))
    return Outcome(_in_both(boot, _SAID[Step.DONE]))


def _failed(boot: Path, why: Text) -> Outcome:
    said = language_on(boot / FILE).say(why)
    with contextlib.suppress(OSError):  # that is what it says
        atomic.write(boot / ERRORS, f"{said}\r\n".encode(), None)
    return Outcome(_in_both(boot, why), failed=True)


def _in_both(boot: Path, words: Text) -> str:
    """In the room's language, and in English below: a console has neither Cyrillic nor Polish letters."""
    return "\n".join(dict.fromkeys(spoken.say(words) for spoken in (language_on(boot / FILE), ENGLISH)))
