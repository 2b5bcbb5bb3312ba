"""The reactions of a room, by name; see `room/reactions/reaction.py` for what they are."""

from collections.abc import Mapping

from appliance.config.said import says
from appliance.config.schema import Config
from appliance.room.meetings.bookings import NO_RULES
from appliance.room.reactions.agenda import Clock, agenda
from appliance.room.reactions.asked import asked
from appliance.room.reactions.call_asked import call_asked
from appliance.room.reactions.camera_requests import camera_requests
from appliance.room.reactions.deeds import deeds
from appliance.room.reactions.door import door
from appliance.room.reactions.faults import faults
from appliance.room.reactions.hold import held_call_over
from appliance.room.reactions.locked import locked
from appliance.room.reactions.notices import notices
from appliance.room.reactions.password import passwords
from appliance.room.reactions.presence import presence
from appliance.room.reactions.presses import confirming, presses
from appliance.room.reactions.reaction import Reaction
from appliance.room.reactions.reads import com_port, stale, terminal_presets
from appliance.room.reactions.requests import requests
from appliance.room.reactions.second_call import second_call
from appliance.room.reactions.undisturbed import undisturbed
from appliance.run.automations import automations
from appliance.run.named import named


def reactions(config: Config, clock: Clock) -> Mapping[str, Reaction]:
    """Returns those that the configuration asks for; `clock` says the local time, None while it is not known."""
    rules = NO_RULES if config.panel is None else config.panel.door.rules()
    table: dict[str, Reaction] = {
        "agenda": agenda(clock, config.room.meeting_soon * 60, rules),
        "notices": notices,
        "faults": faults,
        "deeds": deeds,
        "undisturbed": undisturbed,
        "locked": locked,
        "passwords": passwords,
        "presses": presses,
        "confirming": confirming,
        "call asked": call_asked,
        "second call": second_call,
        "requests": requests,
        "asked": asked,
        "reads": stale,
        "held call": held_call_over,
        "camera requests": camera_requests(config.far_end.requests, config.far_end.patience),
    }
    if rules.check_in:
        table["door"] = door(clock, rules)
    if config.joysticks or config.visca or config.cameras or config.panel or says(config, "preset"):
        table["terminal presets"] = terminal_presets
    if config.joysticks or config.visca or config.cameras:  # only VISCA lines are concerned
        table["com port"] = com_port
    if config.presence:
        services = [named("presence", name) for name in config.presence]
        table["presence"] = presence(services, 60 * max(each.absent_after for each in config.presence.values()))
    return table | dict(automations(config.automations, clock))
