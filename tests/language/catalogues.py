"""Catalogues as translators' tools make them, from the template."""

import sys
from collections.abc import Callable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from appliance.language.catalogue import Language, read_catalogue
from tests.language.source import ROOT

sys.path.append(str(ROOT / "scripts"))
from words import catalogue, compiled, translations  # type: ignore[import-not-found]  # a script, not a package

__all__ = ["catalogue", "compiled", "translated", "translations"]


def translated(folder: Path, locale: str, translate: Callable[[str], str], *, but: str = "") -> Language:
    """The language in which each sentence is what `translate` makes of it, but for one key that is missing."""
    made = Catalog(locale=locale)
    for entry in catalogue():
        if not entry.id or entry.context == but:
            continue
        words = entry.id if isinstance(entry.id, str) else entry.id[1]
        forms = (
            translate(words)
            if isinstance(entry.id, str)
            else tuple(f"{translate(words)}{form}" for form in range(made.num_plurals))
        )
        made.add(entry.id, forms, context=entry.context)
    path = folder / "made.mo"
    with path.open("wb") as file:
        write_mo(file, made)
    return read_catalogue(locale, path)
