"""What happens before a card is applied: a restore that was cut short is finished, and one that waits there is done.

A backup on the boot partition, any one file `*.offhook`, is restored when its passphrase is beside it, in
`backup.passphrase`. That file is forgotten as soon as it was used, be it wrong: so nothing is restored twice, and what
opens the backup does not stay beside it. What went wrong is written to `restore.errors.txt`.
"""

from pathlib import Path

import msgspec

from appliance.card.backup import staging
from appliance.card.backup.forgetting import forget
from appliance.card.backup.passphrase import passphrase_in
from appliance.card.backup.refused import Refused
from appliance.card.backup.restoring import opened, perform, prepare
from appliance.card.backup.sealed import LARGEST
from appliance.language.catalogue import Language
from appliance.language.text import NOTHING, Text, verbatim
from appliance.runtime import atomic
from appliance.runtime.files import read_file

BACKUP, PASSPHRASE, ERRORS = "*.offhook", "backup.passphrase*", "restore.errors.txt"


class Outcome(msgspec.Struct, frozen=True):
    """`room`: the name of the one restored. `finished`: one that was cut short has been. `trouble`: why none was."""

    room: str | None = None
    finished: bool = False
    trouble: Text = NOTHING

    def said(self, language: Language) -> str:
        """The trouble as it is told, and what to do; nothing where there is none."""
        if not self.trouble:
            return ""
        whole = Text("backup.not_restored", why=self.trouble)
        return f"{language.say(whole)}\n{language.say(Text('backup.try_again'))}"


def at_boot(root: Path, boot: Path | None) -> Outcome:
    """Finishes or does what waits; `boot`: the boot partition, writable, or None where there is no card."""
    finished = staging.carry_out(root, boot)
    staging.discard(root)  # there are secrets in it
    waiting = sorted(boot.glob(PASSPHRASE)) if boot is not None else []
    if boot is None or not waiting:
        return Outcome(finished=finished)
    try:
        return Outcome(_restore(root, boot, waiting), finished=finished)
    except Refused as error:
        for path in waiting:
            forget(path)
        return Outcome(finished=finished, trouble=error.text)
    except OSError as error:  # nothing was decided: the next start tries again
        return Outcome(finished=finished, trouble=verbatim(str(error)))


def report(boot: Path, text: str) -> None:
    """Writes the trouble beside the backup, or removes what was written where there is none."""
    if text:
        lines = text.splitlines()
        atomic.write(boot / ERRORS, "\r\n".join((*lines, "")).encode(), None)  # whoever reads it may do so on Windows
    else:
        atomic.remove(boot / ERRORS)


def _restore(root: Path, boot: Path, waiting: list[Path]) -> str:
    backups = sorted(boot.glob(BACKUP))
    if len(backups) != 1:
        raise Refused(Text("backup.which", number=len(backups)))
    passphrase = passphrase_in(waiting[0])
    backup = opened(read_file(backups[0], LARGEST + 1, follow=False), passphrase)
    prepare(root, boot, backup, tuple(path.name for path in waiting))
    perform(root, boot)
    return backup.facts.room
