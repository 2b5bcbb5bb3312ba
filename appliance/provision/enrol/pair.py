"""The box's key and certificates: one file, for `[mqtt] certificate` and `key` alike, and for servers that ask."""

import re
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from appliance.provision.programs import ProgramError, run
from appliance.runtime.atomic import content_of, make_folder, write

FOLDER = "etc/offhook/fleet"
PAIR = f"{FOLDER}/box.pem"
NEXT_KEY = f"{FOLDER}/next.key"
_RENEWED_AT, _SPREAD = 0.60, 0.06  # of its life; not all boxes that were enrolled in one morning at once
_CERTIFICATE = re.compile(rb"-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n")
_MOST = 8  # certificates of one answer
_SLACK = 300.0  # seconds that the authority's clock may be ahead
_HEAD = b"# of offhook fleet enrol: "


class PairError(Exception):
    """Certificates that are not for this box, or not for now; the message says which."""


class Whose(msgspec.Struct, frozen=True):
    """For which name, and of which authority, a pair was asked for."""

    name: str
    authority: str


class Pair(msgspec.Struct, frozen=True):
    """A pair in force; `begin` and `end` of its certificate: seconds since 1970."""

    whose: Whose
    begin: float
    end: float

    def renewed_from(self, machine: str) -> float:
        """When it is to be renewed; `machine` (hexadecimal) spreads that over the boxes."""
        share = _RENEWED_AT + _SPREAD * (int(machine[:8], 16) / 2**32)
        return self.begin + share * (self.end - self.begin)


async def in_force(root: Path) -> Pair | None:
    """The pair of the machine below `root`; None where there is none that can be read."""
    try:
        content = content_of(root / PAIR) or b""
        head, _, rest = content.partition(b"\n")
        whose = msgspec.json.decode(head.removeprefix(_HEAD), type=Whose)
        begin, end = await _dates(rest)
    except (OSError, msgspec.MsgspecError, ProgramError, ValueError):
        return None
    return Pair(whose, begin, end)


async def joined(whose: Whose, key: bytes, answer: bytes, now: float | None) -> bytes:
    """The content of the file; `answer`: certificates as openssl prints them, ours among them. Raises `PairError`.

    `now`: seconds since 1970, None while the clock is not set, and nothing can be said about it.
    """
    found = _CERTIFICATE.findall(answer)[:_MOST]
    public = await run(("openssl", "pkey", "-pubout"), key)
    ours = [certificate for certificate in found if await _public(certificate) == public]
    if not ours:
        raise PairError(f"{len(found)} certificates, none of them for the key of this box")
    begin, end = await _dates(ours[0])
    if now is not None and not begin - _SLACK <= now < end:
        raise PairError(f"a certificate from {day(begin)} to {day(end)}; the clock of this box says {day(now)}")
    return b"".join(_parts(whose, key, ours[0], [each for each in found if each not in ours]))


def day(seconds: float) -> str:
    """A moment, for people."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"


def put(root: Path, content: bytes) -> None:
    """Puts a pair in force, in one step. Raises `OSError`."""
    write(root / PAIR, content, 0o640)


def next_key(root: Path) -> bytes | None:
    """The key that waits for its certificate."""
    return content_of(root / NEXT_KEY)


def keep_next_key(root: Path, key: bytes) -> None:
    """Keeps it until then; nobody but root reads it. Raises `OSError`."""
    make_folder(root / FOLDER, 0o750)  # of the group of /etc/offhook, which is the service's and stays as it is
    write(root / NEXT_KEY, key, 0o600)


def _parts(whose: Whose, key: bytes, ours: bytes, others: list[bytes]) -> Iterator[bytes]:
    yield _HEAD + msgspec.json.encode(whose) + b"\n"
    yield key
    yield ours
    yield from others


async def _dates(pem: bytes) -> tuple[float, float]:
    said = await run(("openssl", "x509", "-noout", "-dates"), pem)
    dates = dict(line.split("=", 1) for line in said.decode().splitlines() if "=" in line)
    return ssl.cert_time_to_seconds(dates["notBefore"]), ssl.cert_time_to_seconds(dates["notAfter"])


async def _public(certificate: bytes) -> bytes:
    return await run(("openssl", "x509", "-noout", "-pubkey"), certificate)
