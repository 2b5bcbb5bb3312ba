"""The whole interface: importing this registers every command and every event."""

from types import ModuleType

from appliance.terminal.messages import (
    account,
    calls,
    chat,
    conference,
    contacts,
    devices,
    far_end,
    files,
    groups,
    hardware,
    http_server,
    maintenance,
    people,
    podium,
    presets,
    security,
    server,
    sharing,
    slides,
    system,
    windows,
)
from appliance.terminal.messages.base import COMMAND_TYPES, EVENT_TYPES, Command, Event

MODULES: tuple[ModuleType, ...] = (
    account,
    calls,
    chat,
    conference,
    contacts,
    devices,
    far_end,
    files,
    groups,
    hardware,
    http_server,
    maintenance,
    people,
    podium,
    presets,
    security,
    server,
    sharing,
    slides,
    system,
    windows,
)
# by wire name, in alphabetical order
COMMANDS: dict[str, type[Command]] = dict(sorted((kind.method, kind) for kind in COMMAND_TYPES.values()))
EVENTS: dict[str, type[Event]] = dict(sorted((kind.event, kind) for kind in set(EVENT_TYPES.values())))
