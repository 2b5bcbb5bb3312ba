"""Public SSH keys, each one line as in `id_ed25519.pub`: whether one is what it says it is."""

import base64
import binascii
from collections.abc import Iterator

from appliance.language.text import Text

LONGEST = 4096  # characters; an RSA key of 16384 bits has fewer

_KINDS = (
    *("ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"),
    *("sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com"),
)


def wrong_with(key: str) -> Iterator[Text]:
    """Yields why a line is no public SSH key."""
    kind, _, rest = key.partition(" ")
    if not key.isprintable() or len(key) > LONGEST:
        yield Text("mistake.ssh_key_lines")
    if "PRIVATE KEY" in key:
        yield Text("mistake.ssh_key_private")
    if kind not in _KINDS:
        yield Text("mistake.ssh_key_kind", kind=kind[:40])
    if not _is_of_kind(kind, rest.split(" ")[0]):
        yield Text("mistake.ssh_key_damaged")


def written(key: str) -> str:
    """A key as a line of authorized_keys: kind, body, comment."""
    kind, body, *comment = key.split(" ", 2)
    return " ".join((kind, base64.b64encode(base64.b64decode(body, validate=True)).decode(), *comment))


def _is_of_kind(kind: str, body: str) -> bool:
    """Whether the key's body is whole fields, the first of which is the kind that stands before it (RFC 4253, 6.6)."""
    try:
        blob = base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        return False
    fields = []
    while blob:
        length = int.from_bytes(blob[:4])
        fields.append(blob[4 : 4 + length])
        if len(fields[-1]) < length or len(blob) < 4:
            return False
        blob = blob[4 + length :]
    return len(fields) > 1 and fields[0] == kind.encode()
