"""The table of commands against the names of the interface."""

import json
from pathlib import Path

from appliance.simulator.model.commands import COMMANDS, NEWER

EXAMPLES = json.loads((Path(__file__).parents[2] / "data" / "examples.json").read_text())
OTHER_SPELLING = {"acceptInvintationToPodium"}  # the manual's examples have it


OTHER_EVENT = {"detailInfo"}  # the heading says detailsInfo


def test_every_command_of_the_interface_is_there_and_nothing_else() -> None:
    documented = {command["name"] for command in EXAMPLES["commands"]}
    assert len(documented) == 183
    assert set(COMMANDS) == documented | OTHER_SPELLING | set(NEWER)


def test_the_table_promises_events_that_exist() -> None:
    documented = {event["name"] for event in EXAMPLES["events"]} | OTHER_EVENT
    newer = {event for rule in NEWER.values() for event in rule.events}
    assert {event for rule in COMMANDS.values() for event in rule.events} <= documented | newer
