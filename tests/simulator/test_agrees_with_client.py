"""Where client and simulated terminal say the same thing in two places, they say the same."""

from appliance.simulator.model.commands import COMMANDS
from appliance.terminal.client.catalogue import CATALOGUE
from appliance.terminal.client.permissions import ADMINISTRATOR_ONLY


def test_a_user_may_do_with_the_simulated_terminal_what_the_client_sends_for_a_user() -> None:
    assert {method for method, rule in COMMANDS.items() if rule.admin} == ADMINISTRATOR_ONLY


MISSPELT = "acceptInvintationToPodium"  # as the manual's examples have it; the client sends the other spelling


def test_the_same_events_follow_a_command() -> None:
    client = {entry.method: set(entry.follows) for group in CATALOGUE for entry in group.commands}
    simulated = {method: set(rule.events) for method, rule in COMMANDS.items() if method != MISSPELT}
    assert {method: client.get(method) for method in simulated} == simulated  # the client knows some newer ones besides
