"""A passphrase becomes the two keys of one backup, slowly.

scrypt (RFC 7914) takes 64 MiB of memory for 0.3 s on a desktop and some seconds on a Pi, so that whoever tries
passphrases needs as much for each. The numbers stand in the file, with bounds that the smallest board can bear.
"""

import hashlib
import hmac
import secrets
import unicodedata
from typing import Annotated, Literal

import msgspec

SHORTEST = 12  # characters: four random words, or what a password manager makes
_SALT, _KEY = 16, 32  # bytes


class Cost(msgspec.Struct, frozen=True):
    """Parameters of scrypt. The default is what OWASP recommends for 64 MiB; the largest allowed takes 128 MiB."""

    n: Literal[16384, 32768, 65536, 131072] = 65536
    r: Literal[8] = 8
    p: Annotated[int, msgspec.Meta(ge=1, le=4)] = 2
    salt: Annotated[bytes, msgspec.Meta(min_length=_SALT, max_length=_SALT)] = msgspec.field(
        default_factory=lambda: secrets.token_bytes(_SALT)
    )

    @property
    def memory(self) -> int:
        """Bytes that it takes at most."""
        return 128 * self.r * (self.n + self.p + 2) + (1 << 20)


class Keys(msgspec.Struct, frozen=True):
    """`cipher`: what openssl encrypts with, as hexadecimal digits. `seal`: what the file is authenticated with."""

    cipher: str
    seal: bytes

    def __repr__(self) -> str:
        return "Keys()"

    def check(self) -> str:
        """Tells a wrong passphrase from a damaged file; it says no more about the keys than the seal does."""
        return self.mark(b"offhook backup: right passphrase")[:16].hex()

    def mark(self, content: bytes) -> bytes:
        """The HMAC-SHA-256 of some bytes."""
        return hmac.digest(self.seal, content, "sha256")


def derive(passphrase: str, cost: Cost) -> Keys:
    """Returns the keys. Blocks for a second or so. The same letters give the same keys on every keyboard (NFC)."""
    secret = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    both = hashlib.scrypt(secret, salt=cost.salt, n=cost.n, r=cost.r, p=cost.p, maxmem=cost.memory, dklen=2 * _KEY)
    return Keys(both[:_KEY].hex(), both[_KEY:])
