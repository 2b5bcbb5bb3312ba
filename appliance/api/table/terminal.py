"""The settings of the room's terminal."""

from typing import Final

from appliance.api.settings import SettingsAsk, SettingsDone, TerminalSettings
from appliance.api.table.operation import BODY, Operation, maintains

OPERATIONS: Final[tuple[Operation, ...]] = (
    maintains(
        name="getTerminalSettings",
        path="/terminal/settings",
        summary="The settings of the room's terminal that concern a room",
        about="The terminal is asked, unless it has told all of them within the last two seconds.",
        answers=TerminalSettings,
    ),
    maintains(
        name="patchTerminalSettings",
        method="PATCH",
        path="/terminal/settings",
        summary="Change settings of the room's terminal",
        about=(
            "Each is asked of the terminal for itself, and the answer waits for a moment until the terminal confirms. "
            "It is 200 whatever becomes of them: `outcome` says that of each."
        ),
        asks=SettingsAsk,
        answers=SettingsDone,
        refuses={**BODY, 429: "Too many changes at once."},
    ),
)
