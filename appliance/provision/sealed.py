"""A room's file on its way to its box: signed by the fleet's key, and encrypted for the box where it has a key.

Signatures are SSH's (`ssh-keygen -Y`), as those of releases are; encryption is that of age (age-encryption.org). A web
server that holds these files can neither change one nor, where they are encrypted, read it.
"""

import base64
import binascii
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from appliance.provision.programs import ProgramError, run

NAMESPACE = "offhook-room"  # a signature of anything else is none of a room
SIGNER = "offhook-fleet"
LARGEST = 2**20  # bytes of a file on its way
_AGE = b"age-encryption.org/v1"


class SealError(Exception):
    """A file that was not made by whom this box trusts, or not for this box; the message says which, and what to do."""


class Package(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a box is told; `serial` grows with each; times in seconds since 1970. `room` is a whole `room.toml`."""

    machine: str
    serial: int
    made: int
    not_after: int
    room: str
    format: int = 1

    def __repr__(self) -> str:
        return f"Package({self.machine}, {self.serial})"


class _Envelope(msgspec.Struct, frozen=True):
    payload: str
    signature: str


async def seal(package: Package, key: Path, recipients: Sequence[str] = ()) -> bytes:
    """The file for a box. `key`: the private SSH key, or the public one that an agent holds. Raises `SealError`."""
    payload = msgspec.json.encode(package)
    if recipients:
        to = [word for recipient in recipients for word in ("--recipient", recipient)]
        payload = await _run(("age", "--encrypt", *to), payload, "cannot be encrypted")
    signature = await _run(("ssh-keygen", "-q", "-Y", "sign", "-n", NAMESPACE, "-f", str(key)), payload, "not signed")
    return msgspec.json.encode(_Envelope(base64.b64encode(payload).decode(), signature.decode()))


async def unseal(content: bytes, signers: Sequence[str], identity: Path | None = None) -> Package:
    """What a file says, once one of `signers` (public keys, a line each) is known to have signed it.

    `identity`: the file with this box's own age key. Raises `SealError`; nothing that is not signed is read.
    """
    payload = await decrypted(await _signed(content, signers), identity)
    try:
        return msgspec.json.decode(payload, type=Package)
    except msgspec.MsgspecError as error:
        raise SealError(f"signed, but nothing that this version reads: {error}; expected format 1") from None


async def decrypted(content: bytes, identity: Path | None) -> bytes:
    """What age encrypted, or what is not encrypted as it is. Raises `SealError`."""
    if not content.startswith(_AGE):
        return content
    if identity is None:
        raise SealError("encrypted; expected the file with the key (--identity)")
    return await _run(("age", "--decrypt", "--identity", str(identity)), content, "cannot be decrypted with this key")


async def _signed(content: bytes, signers: Sequence[str]) -> bytes:
    try:
        envelope = msgspec.json.decode(content, type=_Envelope)
        payload = base64.b64decode(envelope.payload, validate=True)
    except (msgspec.MsgspecError, binascii.Error, ValueError):
        raise SealError("no room's file; expected one that `offhook fleet render` made, whole") from None
    with _files(signers, envelope.signature) as (allowed, signature):
        command = ("ssh-keygen", "-q", "-Y", "verify", "-n", NAMESPACE, "-I", SIGNER, "-f", allowed, "-s", signature)
        await _run(command, payload, "not signed by a key in [fleet] signers")
    return payload


@contextmanager
def _files(signers: Sequence[str], signature: str) -> Iterator[tuple[str, str]]:
    """What ssh-keygen reads from files: whom to trust, and what they signed."""
    with tempfile.TemporaryDirectory(prefix="offhook-fleet-") as folder:
        allowed, signed = Path(folder, "signers"), Path(folder, "signature")
        lines = (f'{SIGNER} namespaces="{NAMESPACE}" {" ".join(key.split(" ")[:2])}\n' for key in signers)
        allowed.write_text("".join(lines))
        signed.write_text(signature)
        yield str(allowed), str(signed)


async def _run(command: Sequence[str], content: bytes, trouble: str) -> bytes:
    """What a program says about some bytes. Raises `SealError` with its words."""
    try:
        return await run(command, content)
    except ProgramError as error:
        raise SealError(f"{trouble}{': ' if str(error) else ''}{error}") from None
