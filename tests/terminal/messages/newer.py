"""What newer terminals add, as facts: names, fields, events that follow, and how sure each is."""

import json
from pathlib import Path
from typing import Any

FACTS = json.loads((Path(__file__).parents[2] / "data" / "newer.json").read_text())
COMMANDS: dict[str, dict[str, Any]] = FACTS["commands"]
EVENTS: dict[str, dict[str, Any]] = FACTS["events"]

OTHER_SPELLINGS = {"userPinEventOccured": "userPinEventOccurred"}
# what only pages of 4.2 had, and was dropped or is told otherwise in the meantime
DROPPED = {"videoCapturerDescription"}
