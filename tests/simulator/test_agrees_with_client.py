"""Where client and simulated terminal say the same thing in two places, they say the same."""

from appliance.simulator.model.commands import COMMANDS
from appliance.terminal.client.permissions import ADMINISTRATOR_ONLY


def test_a_user_may_do_with_the_simulated_terminal_what_the_client_sends_for_a_user() -> None:
    assert {method for method, rule in COMMANDS.items() if rule.admin} == ADMINISTRATOR_ONLY
