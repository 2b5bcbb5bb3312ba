"""`ca` of `[network]`: authorities that the whole box trusts, beside those of Debian.

OpenSSL, and with it Python, curl and RAUC, looks in /etc/ssl/certs for a file that is called after a hash of the
authority's name. A link of that name is all that it takes. The large file of all authorities stays as the image has it:
a copy of it here would hide what the next version of the image trusts, and no longer trusts.
"""

import hashlib
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from appliance.card.files import File, Files, Link
from appliance.language.text import Text, Unusable

FOLDER = "etc/ssl/certs"
WITHIN = 20  # seconds; it takes 10 ms
_OURS = "offhook-"
_MOST = 100  # names with the same hash


def trusted(pems: Iterable[str], root: Path) -> Files:
    """The authorities as files; nothing in place of those that there were below `root`. Raises `Unusable`."""
    wanted = {f"{_OURS}{hashlib.sha256(pem.encode()).hexdigest()[:16]}.pem": pem for pem in pems}
    links = _links(root)
    files: dict[str, File | Link | None] = dict.fromkeys(_former(root))
    for name, pem in wanted.items():
        files[f"{FOLDER}/{name}"] = File(pem)
    for name, pem in wanted.items():
        link = links.get(name) or _free(_hash(pem), root, files)
        files[link] = Link(name)
    return files


def _former(root: Path) -> list[str]:
    """Our links first: a link to nothing would be an authority that cannot be read."""
    pems = [str(path.relative_to(root)) for path in (root / FOLDER).glob(f"{_OURS}*.pem")]
    return [*_links(root).values(), *pems]


def _links(root: Path) -> dict[str, str]:
    """Our links by what they lead to."""
    links = (path for path in sorted((root / FOLDER).glob("*")) if path.is_symlink())
    return {
        str(path.readlink()): str(path.relative_to(root)) for path in links if str(path.readlink()).startswith(_OURS)
    }


def _free(name: str, root: Path, files: Files) -> str:
    for number in range(_MOST):
        path = f"{FOLDER}/{name}.{number}"
        if files.get(path) is None and (path in files or not (root / path).is_symlink()):
            return path
    raise Unusable(Text("card.openssl", words=f"{name}: too many of the same hash"))


def _hash(pem: str) -> str:
    openssl = shutil.which("openssl", path="/usr/bin:/bin") or "openssl"
    try:
        done = subprocess.run(  # noqa: S603  # ours
            (openssl, "x509", "-noout", "-subject_hash"),
            check=False,
            input=pem,
            capture_output=True,
            text=True,
            timeout=WITHIN,
        )
    except subprocess.TimeoutExpired:
        raise Unusable(Text("card.openssl_late", seconds=WITHIN)) from None
    if done.returncode:
        raise Unusable(Text("card.openssl", words=done.stderr.strip()[-200:]))
    return done.stdout.strip()
