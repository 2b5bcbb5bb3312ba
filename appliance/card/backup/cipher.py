"""AES-256 in counter mode, by the command openssl. What it encrypts is authenticated by `sealed`, never by itself.

Python's library has no cipher. openssl is on every card, is what makes the box's certificate, and gets its security
fixes from Debian. The key goes through a pipe: arguments and environment of a process are for others to read.
"""

import os
import shutil
import subprocess
from pathlib import Path

from appliance.card.backup.refused import Refused
from appliance.language.text import Text

PLACES = "/usr/bin:/bin"
WITHIN = 60  # seconds; 16 MiB take a quarter of a second on a Pi 3
# One round only: what it makes a key of is 256 random bits already. The salt is new for each file.
_ENC = ("enc", "-aes-256-ctr", "-md", "sha256", "-pbkdf2", "-iter", "1")


def encrypt(content: bytes, key: str) -> bytes:
    """Returns the content encrypted, its salt of eight bytes in front. Raises `Refused` without a working openssl."""
    return _openssl(content, key, "-e")


def decrypt(content: bytes, key: str) -> bytes:
    """Returns what was encrypted; rubbish where the key is another. Raises `Refused` as above."""
    return _openssl(content, key, "-d")


def _openssl(content: bytes, key: str, way: str) -> bytes:
    program = shutil.which("openssl", path=PLACES)
    if program is None:
        raise Refused(Text("backup.openssl_missing"))
    reading, writing = os.pipe()
    try:
        os.write(writing, f"{key}\n".encode())
        os.close(writing)
        return _run((program, *_ENC, way, "-pass", f"fd:{reading}"), content, reading)
    finally:
        os.close(reading)


def _run(command: tuple[str, ...], content: bytes, descriptor: int) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603  # ours, see above
            command,
            input=content,
            check=False,
            capture_output=True,
            timeout=WITHIN,
            pass_fds=(descriptor,),
            cwd=Path("/"),
            env={"PATH": PLACES},  # ours may have the passphrase
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Refused(Text("backup.openssl", words=str(error))) from None
    if done.returncode:
        raise Refused(Text("backup.openssl", words=done.stderr.decode(errors="replace").strip()[-200:]))
    return done.stdout
