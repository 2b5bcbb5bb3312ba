"""The settings of the room's terminal as the page shows them: by groups, with what became of the last change."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from starlette.requests import Request

from appliance.access.shown import BY_ITSELF
from appliance.language.text import NOTHING, Text
from appliance.maintain.settings import Change
from appliance.panel.maintenance.desk import Desk
from appliance.room.settings.rows import Row
from appliance.room.settings.setting import Group

_GROUPS: Final = {
    Group.DEVICES: Text("setting.group_devices"),
    Group.SOUND: Text("setting.group_sound"),
    Group.PICTURE: Text("setting.group_picture"),
    Group.CALLS: Text("setting.group_calls"),
    Group.SCREEN: Text("setting.group_screen"),
    Group.MACHINE: Text("setting.group_machine"),
}


class Line(msgspec.Struct, frozen=True):
    """A setting as the page has it. `said`: what became of the last change; `asked`: whether that is not known yet."""

    row: Row
    asked: bool
    said: Text

    @property
    def value(self) -> Text:
        """Its confirmed value, in words."""
        return self.row.worded(self.row.value) or Text("unknown")

    @property
    def switch(self) -> Text:
        """What the button of a switch does: the other of what is confirmed, and on where that is not known."""
        return Text("setting.switch_off") if self.row.value else Text("setting.switch_on")


async def settings_asked(desk: Desk, request: Request) -> None:
    """Asks the terminal before the page is shown: for everything, or, where the page asks by itself, what is new."""
    await desk.settings.read(afresh=BY_ITSELF.decode() not in request.headers)


def settings_shown(desk: Desk) -> Mapping[str, Any]:
    """Returns what the page shows."""
    seen = desk.settings.seen()
    lines = [_line(row, seen.changes.get(row.setting.name)) for row in seen.rows]
    groups = {called: [each for each in lines if each.row.setting.group is group] for group, called in _GROUPS.items()}
    why = Text("maintain.no_settings", why=seen.why) if seen.why else NOTHING
    return {"groups": {called: each for called, each in groups.items() if each}, "why": why, "script": "terminal"}


def _line(row: Row, change: Change | None) -> Line:
    if change is None:
        return Line(row, asked=False, said=NOTHING)
    is_asked = change.became == "asked"
    return Line(row, is_asked, Text("maintain.asked_for", value=row.worded(change.value)) if is_asked else change.text)
