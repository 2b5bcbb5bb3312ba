"""What contradicts itself in `[calendar]`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from appliance.calendar.config import CalendarConfig
from appliance.config.document import Contradiction
from appliance.config.words import words_of
from appliance.language.text import Unusable
from appliance.terminal.config import CredentialsError


def calendar_contradictions(document: dict[str, Any], store: Path | None) -> Iterator[Contradiction]:
    """Yields files of `[calendar]` that cannot be read; `store`: None elsewhere than on the box."""
    table = document.get("calendar")
    if store is None or not isinstance(table, dict):
        return
    try:
        config = msgspec.convert(table, CalendarConfig)
    except msgspec.ValidationError:
        return  # `read` has said so
    for key, look in (("ics_file", config.address), ("password_file", config.login)):
        try:
            look(store)
        except (CredentialsError, Unusable) as error:
            yield ("calendar", key), words_of(error)
