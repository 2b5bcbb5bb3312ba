"""The signature of a channel file: CMS, by a key whose certificate is in the keyring, as bundles have it."""

import tempfile
from pathlib import Path
from typing import Final

import trio

from appliance.card.update.channel import Unbelievable
from appliance.card.update.command import Failed, run
from appliance.language.text import Text

KEYRING: Final = Path("/usr/share/offhook/update/keyring.pem")
WITHIN: Final = 30.0  # seconds
LARGEST: Final = 64 * 1024  # bytes of a signature; ours have a thousand


async def verify(content: bytes, signature: bytes, keyring: Path) -> None:
    """Checks that somebody of the keyring has signed `content`. Raises `Unbelievable`, and `Failed` without openssl.

    The system's own certificates mean nothing here. The files are below a folder that nobody else can open.
    """
    with tempfile.TemporaryDirectory(prefix="offhook-") as folder:
        where = trio.Path(folder)
        await (where / "content").write_bytes(content)
        await (where / "signature").write_bytes(signature)
        try:
            await run(_command(Path(folder), keyring), WITHIN)
        except Failed as error:
            raise Unbelievable(Text("update.why.signature", words=error.text.params.get("words", ""))) from None


def _command(folder: Path, keyring: Path) -> tuple[str, ...]:
    signed = ("-inform", "DER", "-in", str(folder / "signature"), "-content", str(folder / "content"))
    trusted = ("-CAfile", str(keyring), "-no-CApath", "-no-CAstore")
    return ("openssl", "cms", "-verify", "-binary", *signed, *trusted, "-out", "/dev/null")
