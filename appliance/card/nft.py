"""Asks nft(8) whether it would load a file, before that file takes another's place.

Without CAP_NET_ADMIN, which `offhook-card.service` does not have, nft reads and evaluates the whole file and fails only
at the kernel. So only what it says about the text counts; where it says nothing of the kind, nobody can judge.
"""

import re
import shutil
import subprocess

from appliance.language.text import Text, Unusable

PLACES = "/usr/sbin:/usr/bin:/sbin:/bin"
WITHIN = 20  # seconds; it takes 20 ms, but at boot everything waits for the card
_ERROR = re.compile(r"^[^:\n]*:(\d+):\d+-\d+: Error: (?!Could not process rule)(.*)$", re.MULTILINE)


def loadable(rules: str) -> str:
    """Returns the rules as they are. Raises `Unusable` with nft's reason and line where nft would not load them."""
    nft = shutil.which("nft", path=PLACES)
    if nft is None:
        return rules
    try:
        done = subprocess.run(  # noqa: S603  # ours
            (nft, "-c", "-f", "-"), check=False, capture_output=True, text=True, input=rules, timeout=WITHIN
        )
    except (OSError, subprocess.TimeoutExpired):
        return rules
    if done.returncode and (found := _ERROR.search(done.stderr)):
        raise Unusable(Text("card.nft", line=int(found[1]), words=found[2]))
    return rules
