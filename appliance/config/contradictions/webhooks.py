"""What contradicts itself in `[webhooks]`."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from appliance.config.document import Contradiction, tables
from appliance.config.words import words_of
from appliance.hooks.config import MOST, HookConfig
from appliance.language.text import Text, Unusable
from appliance.terminal.config import CredentialsError


def webhook_contradictions(document: dict[str, Any], store: Path | None) -> Iterator[Contradiction]:
    """Yields hooks beyond the last, and files that cannot be read; `store`: None elsewhere than on the box."""
    for name, _ in list(tables(document, "webhooks"))[MOST:]:
        yield ("webhooks", name), Text("mistake.webhook_many", most=MOST)
    if store is not None:
        for name, table in tables(document, "webhooks"):
            yield from _unreadable(name, table, store)


def _unreadable(name: str, table: dict[str, Any], store: Path) -> Iterator[Contradiction]:
    try:
        config = msgspec.convert(table, HookConfig)
    except msgspec.ValidationError:
        return  # `read` has said so
    looks: list[tuple[str, Callable[[Path], object]]]
    looks = [("url_file", config.address), ("secret_file", config.keys)]
    for key, look in looks:
        try:
            look(store)
        except (CredentialsError, Unusable) as error:
            yield ("webhooks", name, key), words_of(error)
