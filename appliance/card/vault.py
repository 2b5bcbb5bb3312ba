"""Where secrets go that stand in `room.toml` on the card: the box's own store of credentials."""

from pathlib import Path
from typing import Any

from appliance.card.secrets import Path as Place
from appliance.card.secrets import Secret, secrets_in
from appliance.runtime.atomic import remove, write


class Vault:
    """The store, and which secrets of a document went into it."""

    def __init__(self, store: Path, document: dict[str, Any]) -> None:
        self.store = store
        self._document = document
        self.kept: list[Secret] = []

    def keep(self, *tables: Place) -> bool:
        """Stores what the document has in these tables; whether anything is new. Raises `OSError`."""
        changed = False
        for secret in secrets_in(self._document):
            if any(secret.path[: len(table)] == table for table in tables):
                self.store.mkdir(parents=True, exist_ok=True)
                changed |= write(self.store / f"offhook.{secret.name}", f"{secret.value}\n".encode(), 0o600)
                self.kept.append(secret)
        return changed

    def forget(self, names: set[str]) -> None:
        """Removes credentials. Raises `OSError`."""
        for name in sorted(names):
            remove(self.store / f"offhook.{name}")
