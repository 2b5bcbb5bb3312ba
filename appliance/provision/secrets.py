"""The file of secrets beside an inventory: `NAME = "value"` line by line, in plain TOML or encrypted by age."""

from pathlib import Path

from appliance.config.bounded import NotToml, loads
from appliance.provision.render import Secrets
from appliance.provision.sealed import SealError, decrypted
from appliance.runtime.files import read_file

LARGEST = 2**20  # bytes


async def read_secrets(path: Path, identity: Path | None) -> Secrets:
    """The secrets by name; `identity`: the age key of whoever renders. Raises `SealError`; values are never in it."""
    try:
        content = read_file(path, LARGEST, follow=True)
    except OSError as error:
        raise SealError(f"{path}: {error.strerror}") from None
    try:
        document = loads((await decrypted(content, identity)).decode())
    except (NotToml, UnicodeDecodeError) as error:
        line = f":{error.line}" if isinstance(error, NotToml) else ""
        raise SealError(f'{path}{line}: not TOML; expected lines such as neptune-pin = "…"') from None
    wrong = [name for name, value in document.items() if not isinstance(value, str)]
    if wrong:
        raise SealError(f"{path}: {wrong[0]} is no text; expected values in quotes")
    return document
