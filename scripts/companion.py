"""Writes `docs/examples/companion.companionconfig`: the buttons that docs/integrations.md lists, for import.

A page of buttons in the format 9 of Companion's exports (4.0 and 4.1 write it, later ones take it), for the module
`generic-http`. Both were read from their public sources; nothing of them is copied.
"""

import json
import re
from pathlib import Path
from typing import Any, Final

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "integrations.md"
FILE = ROOT / "docs" / "examples" / "companion.companionconfig"
BOX: Final = "offhook"  # the connection, within the file
BASE: Final = "https://box.example.com:8443/api/v1"
TOKEN: Final = "$(custom:offhook_token)"  # noqa: S105  # the name of a variable of Companion's
ROW: Final = re.compile(r"(?m)^\| ([^|]+) \| `(/\w+)` \| `(\{.*?\})` \| (\S+) \|$")
GRID: Final = {"minColumn": 0, "maxColumn": 7, "minRow": 0, "maxRow": 3}
WHITE, DARK = 0xFFFFFF, 0x202020


def generated() -> dict[Path, str]:
    """The file by its path."""
    return {FILE: json.dumps(_file(PAGE.read_text()), indent=1, ensure_ascii=False) + "\n"}


def _file(page: str) -> dict[str, Any]:
    buttons = [_button(number, *found) for number, found in enumerate(ROW.findall(page))]
    rows: dict[str, dict[str, Any]] = {}
    for number, button in enumerate(buttons):
        rows.setdefault(str(number // 8), {})[str(number % 8)] = button
    return {
        "version": 9,
        "type": "page",
        "page": {"name": "Meeting room", "controls": rows, "gridSize": GRID},
        "instances": {BOX: _connection()},
        "oldPageNumber": 1,
    }


def _connection() -> dict[str, Any]:
    return {
        "instance_type": "generic-http",
        "label": BOX,
        "enabled": True,
        "isFirstInit": False,
        "lastUpgradeIndex": 1,  # of the two that the module has
        "sortOrder": 0,
        "config": {"prefix": BASE, "proxyAddress": "", "rejectUnauthorized": True},
    }


def _button(number: int, name: str, path: str, body: str, kind: str) -> dict[str, Any]:
    action = {
        "type": "action",
        "id": f"offhook-{number}",
        "definitionId": "post",
        "connectionId": BOX,
        "upgradeIndex": 1,
        "options": {
            "url": path,
            "body": body,
            "header": json.dumps({"Authorization": f"Bearer {TOKEN}"}),
            "contenttype": kind,
            "jsonResultDataVariable": "",
            "result_stringify": True,
            "statusCodeVariable": "",
        },
    }
    return {
        "type": "button",
        "options": {"stepProgression": "auto", "rotaryActions": False},
        "style": _style(name),
        "feedbacks": [],
        "steps": {"0": {"action_sets": {"down": [action], "up": []}, "options": {"runWhileHeld": []}}},
    }


def _style(name: str) -> dict[str, Any]:
    return {
        "text": name,
        "textExpression": False,
        "size": "auto",
        "png64": None,
        "alignment": "center:center",
        "pngalignment": "center:center",
        "color": WHITE,
        "bgcolor": DARK,
        "show_topbar": "default",
    }
