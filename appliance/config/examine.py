"""A text as a configuration, or what is wrong with it, in one go: the quick way, for files that are right."""

from pathlib import Path
from typing import Any

from appliance.config.bounded import NotToml, loads
from appliance.config.contradictions.every import contradictions
from appliance.config.places import line_of, lines_of
from appliance.config.schema import Config
from appliance.config.toml import Mistake, convert, syntax
from appliance.terminal.config import CREDENTIAL_STORE


def examine(text: str, store: Path | None = CREDENTIAL_STORE) -> tuple[Config | None, list[Mistake]]:
    """What `text` says, as far as it can be used at all, and what is wrong with it.

    `store`: of credentials; None: not on the box, whose files nobody can look at.
    Where the text is not TOML, that is the only mistake; `read_parts` finds the others, too.
    """
    try:
        document = loads(text)
    except NotToml as error:
        return None, [syntax(error)]
    config, mistakes = convert(Config, document, text)
    return config, sorted((*mistakes, *_contradictions(document, text, store)))


def _contradictions(document: dict[str, Any], text: str, store: Path | None) -> list[Mistake]:
    found = list(contradictions(document, store))
    places = lines_of(text) if found else {}
    return [Mistake(line_of(places, key), ".".join(key), why) for key, why in found]
