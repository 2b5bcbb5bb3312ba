"""The file of a backup, in format 1.

1. `offhook backup 1`, a line
2. a line of JSON: the facts, the parameters of scrypt, a check of the passphrase, and the number of bytes that follow
3. what `openssl enc` made of the archive, then 32 bytes: the HMAC-SHA-256 of everything before them

Encrypted first, authenticated afterwards, and on the way back checked before anything is decrypted or parsed beyond
the second line. `head -n 2 FILE` shows the facts, and docs/backup.md how openssl alone opens a backup.
"""

import hmac

import msgspec

from appliance.card.backup import cipher
from appliance.card.backup.facts import Facts
from appliance.card.backup.keys import Cost, derive
from appliance.card.backup.refused import Refused, damaged, no_backup
from appliance.language.text import Text

FORMAT = 1
MAGIC = b"offhook backup "
LARGEST = 32 << 20  # bytes of the whole file; a room with pictures of sixteen places has two million
_MARK = 32
_LONGEST_LINE = 4096  # bytes of the second line; it has a thousand


class Header(msgspec.Struct, frozen=True):
    """The second line. `check`: of the passphrase. `length`: bytes after this line."""

    facts: Facts
    scrypt: Cost
    check: str
    length: int


def seal(archive: bytes, facts: Facts, passphrase: str, cost: Cost | None = None) -> bytes:
    """Returns the file of a backup; blocks. Raises `Refused` without openssl, or where it would be too large."""
    parameters = cost or Cost()
    keys = derive(passphrase, parameters)
    encrypted = cipher.encrypt(archive, keys.cipher)
    header = Header(facts, parameters, keys.check(), len(encrypted) + _MARK)
    body = MAGIC + b"%d\n" % FORMAT + msgspec.json.encode(header) + b"\n" + encrypted
    if len(body) + _MARK > LARGEST:
        raise Refused(Text("backup.too_large", what=facts.room, most=LARGEST >> 20))
    return body + keys.mark(body)


def header_of(content: bytes) -> Header:
    """Returns what everybody may read of a backup, without a word of whether it is true. Raises `Refused`."""
    return _split(content)[0]


def unseal(content: bytes, passphrase: str) -> tuple[Facts, bytes]:
    """Returns the facts and the archive, both exactly as they were sealed; blocks.

    Raises `Refused`: not a backup, of a newer format, cut short, the passphrase is wrong, or it was changed.
    """
    header, body = _split(content)
    if len(body) != header.length or len(body) < _MARK:
        raise Refused(Text("backup.cut_short", there=len(body), expected=header.length))
    keys = derive(passphrase, header.scrypt)
    if not hmac.compare_digest(keys.check(), header.check):
        raise Refused(Text("backup.wrong_passphrase"))
    if not hmac.compare_digest(keys.mark(content[:-_MARK]), content[-_MARK:]):
        raise damaged()
    return header.facts, cipher.decrypt(body[:-_MARK], keys.cipher)


def _split(content: bytes) -> tuple[Header, bytes]:
    if len(content) > LARGEST:
        raise no_backup()
    first, _, rest = content.partition(b"\n")
    number = first[len(MAGIC) :].rstrip(b"\r")
    if not first.startswith(MAGIC) or not 0 < len(number) < 6 or not number.isdigit():
        raise no_backup()
    if int(number) > FORMAT:
        raise Refused(Text("backup.newer", format=int(number), known=FORMAT))
    line, _, body = rest.partition(b"\n")
    try:
        return msgspec.json.decode(line[:_LONGEST_LINE], type=Header), body
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise damaged() from None
