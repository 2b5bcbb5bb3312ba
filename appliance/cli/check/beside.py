"""The certificates and keys beside a card's `room.toml`: looked at as the box would."""

from collections.abc import Iterator
from pathlib import Path

from appliance.card.network.found import find
from appliance.config.content import read_content
from appliance.config.reading import read_parts
from appliance.language.catalogue import ENGLISH

_MISSING = "card.no_file"
_KEPT = "key"


def wrong_beside(path: Path, store: Path | None) -> Iterator[tuple[str, bool]]:
    """Yields what is wrong with the files that `[network]` names, each with its line, and whether it is a mistake.

    A private key that is not there is none: it is taken off the card when it is applied. `path`: of a configuration
    without mistakes. `store`: as `load`; elsewhere than on the box only files that are there are looked at.
    """
    reading = read_parts(read_content(path), store)
    _, after = find(reading, path.parent, Path("/"))
    for mistake in after.mistakes:
        is_missing = mistake.message.key == _MISSING
        if mistake not in reading.mistakes and not (is_missing and store is None):
            is_kept = is_missing and mistake.key.rpartition(".")[2] == _KEPT
            yield f"{mistake.line}: {mistake.said(ENGLISH)}", not is_kept
