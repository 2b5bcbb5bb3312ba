"""The table of commands of the whole terminal, joined from the tables of its parts. Names as on the wire."""

from appliance.simulator.model.calls.call_commands import CALLS
from appliance.simulator.model.calls.camera_control import CAMERA_CONTROL, CAMERA_CONTROL_LISTS
from appliance.simulator.model.calls.participants import PARTICIPANTS
from appliance.simulator.model.calls.podium_commands import PODIUM
from appliance.simulator.model.common.table import Rule, Table, asking, of
from appliance.simulator.model.machine.account_commands import ACCOUNTS
from appliance.simulator.model.machine.client_settings import CLIENT_SETTINGS
from appliance.simulator.model.machine.containers import CONTAINERS, PROPERTIES
from appliance.simulator.model.machine.files import FILES
from appliance.simulator.model.machine.http_service import HTTP_SERVICE
from appliance.simulator.model.machine.newer_machine import NEWER_MACHINE
from appliance.simulator.model.machine.power import POWER
from appliance.simulator.model.machine.sleep import SLEEP
from appliance.simulator.model.machine.tariff import TARIFF
from appliance.simulator.model.machine.updates import UPDATES
from appliance.simulator.model.machine.uplink import UPLINK
from appliance.simulator.model.media.camera import CAMERA
from appliance.simulator.model.media.enhancements import ENHANCEMENTS
from appliance.simulator.model.media.equipment import EQUIPMENT
from appliance.simulator.model.media.layout import LAYOUT, NEWER_LAYOUT
from appliance.simulator.model.media.mutes import MUTES
from appliance.simulator.model.media.presets import PRESETS
from appliance.simulator.model.media.screen import SCREEN
from appliance.simulator.model.media.sharing import SHARING
from appliance.simulator.model.media.slides import SLIDES
from appliance.simulator.model.media.sound_checks import SOUND_CHECKS
from appliance.simulator.model.messaging.chats import CHATS
from appliance.simulator.model.messaging.newer_transfers import NEWER_TRANSFERS
from appliance.simulator.model.messaging.transfer_commands import TRANSFERS
from appliance.simulator.model.people.address_book import ADDRESS_BOOK
from appliance.simulator.model.people.block_list import BLOCK_LIST
from appliance.simulator.model.people.groups import GROUPS
from appliance.simulator.model.people.history import HISTORY
from appliance.simulator.model.people.schedule import SCHEDULE
from appliance.simulator.model.system_info import SYSTEM_INFO
from appliance.simulator.model.terminal import Terminal

NEWER: Table[Terminal] = {
    **of(lambda terminal: terminal.presets, PRESETS),
    **of(lambda terminal: terminal.sleep, SLEEP),
    **of(lambda terminal: terminal.newer, NEWER_MACHINE),
    **of(lambda terminal: terminal.enhancements, ENHANCEMENTS),
    **of(lambda terminal: terminal.layout, NEWER_LAYOUT),
    **of(lambda terminal: terminal.transfers, NEWER_TRANSFERS),
}
"""The commands that newer terminals add."""

COMMANDS: Table[Terminal] = {
    "getAppState": asking(Terminal.describe_state),
    **of(lambda terminal: terminal.accounts, ACCOUNTS),
    **of(lambda terminal: terminal.system_info, SYSTEM_INFO),
    **of(lambda terminal: terminal.uplink, UPLINK),
    **of(lambda terminal: terminal.tariff, TARIFF),
    **of(lambda terminal: terminal.calls, CALLS),
    **of(lambda terminal: terminal.calls.going_on().participants, PARTICIPANTS),
    **of(lambda terminal: terminal.calls.going_on().podium, PODIUM),
    **of(lambda terminal: terminal.calls.going_on().camera_control, CAMERA_CONTROL),
    **of(lambda terminal: terminal.calls.camera_control, CAMERA_CONTROL_LISTS),
    **of(lambda terminal: terminal.mutes, MUTES),
    **of(lambda terminal: terminal.client_settings, CLIENT_SETTINGS),
    **of(lambda terminal: terminal.camera, CAMERA),
    **of(lambda terminal: terminal.equipment, EQUIPMENT),
    **of(lambda terminal: terminal.sound_checks, SOUND_CHECKS),
    **of(lambda terminal: terminal.screen, SCREEN),
    **of(lambda terminal: terminal.layout, LAYOUT),
    **of(lambda terminal: terminal.slides, SLIDES),
    **of(lambda terminal: terminal.sharing, SHARING),
    **of(lambda terminal: terminal.address_book, ADDRESS_BOOK),
    **of(lambda terminal: terminal.history, HISTORY),
    **of(lambda terminal: terminal.schedule, SCHEDULE),
    **of(lambda terminal: terminal.groups, GROUPS),
    **of(lambda terminal: terminal.blocked, BLOCK_LIST),
    **of(lambda terminal: terminal.chats, CHATS),
    **of(lambda terminal: terminal.files, FILES),
    **of(lambda terminal: terminal.transfers, TRANSFERS),
    **of(lambda terminal: terminal.containers, CONTAINERS),
    **of(lambda terminal: terminal.properties, PROPERTIES),
    **of(lambda terminal: terminal.http, HTTP_SERVICE),
    **of(lambda terminal: terminal.updates, UPDATES),
    **of(lambda terminal: terminal.power, POWER),
    **NEWER,
}

_BY_LOWER_NAME = {name.lower(): rule for name, rule in COMMANDS.items()}
_NEWER_NAMES = {name.lower() for name in NEWER}


def rule_for(method: str, *, newer: bool) -> Rule[Terminal] | None:
    """Returns the rule of a command, whose name is compared without regard to case.

    None if the terminal does not know it; `newer` says whether it knows the commands from version 4.2 on.
    """
    known = newer or method.lower() not in _NEWER_NAMES
    return _BY_LOWER_NAME.get(method.lower()) if known else None
