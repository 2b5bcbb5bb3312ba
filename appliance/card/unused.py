"""Which credentials in the box's store a configuration does not use any more."""

from pathlib import Path

from appliance.card.secrets import PLACES
from appliance.config.schema import Config
from appliance.config.share import CREDENTIALS, credential
from appliance.terminal.config import CREDENTIAL

_OURS = "offhook."


def unused(config: Config) -> set[str]:
    """Returns the terminal's credentials that this configuration does not use."""
    terminal = config.terminal
    names = [name for path, name in PLACES.items() if path[0] == "terminal"]
    used = {name for name in names if getattr(terminal, name) is not None}
    files = {getattr(terminal, f"{name}_file") for name in names}
    return {name for name in names if name not in used and f"{CREDENTIAL}{_OURS}{name}" not in files}


def of_former_clients(config: Config, store: Path) -> set[str]:
    """Returns the credentials in the store that belonged to clients of `[share]` which are gone or have a file now."""
    clients = config.share.clients if config.share else {}
    used = {credential(name) for name, client in clients.items() if not client.secret_key.endswith("_file")}
    there = {path.name.removeprefix(_OURS) for path in store.glob(f"{_OURS}{CREDENTIALS}*")}
    return there - used
