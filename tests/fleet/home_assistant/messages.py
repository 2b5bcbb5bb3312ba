"""Writes the messages of the tests into a file, for Home Assistant itself: see `make test-home-assistant`."""

import json
import sys
from pathlib import Path

from appliance.fleet.home_assistant.device import Announced, announcement
from appliance.language.catalogue import ENGLISH
from tests.fleet.home_assistant.test_device import BOX, FULL, LOOKED_AT


def main(path: Path) -> None:
    """All that may be asked, nothing of it, and one that takes things back."""
    full, before = announcement(BOX, FULL, ENGLISH, Announced())
    fewer, _ = announcement(BOX, LOOKED_AT, ENGLISH, before)
    looked_at, _ = announcement(BOX, LOOKED_AT, ENGLISH, Announced())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([full, looked_at, fewer], indent=1))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
