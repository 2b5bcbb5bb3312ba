"""The two accounts: what the documentation prints is let in, and a PIN that changes is told before and after."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
import trio

from appliance.room.parts.link import LinkPhase
from appliance.room.pin import will_change
from appliance.simulator.options import SimulatorOptions
from appliance.simulator.server import simulate
from appliance.terminal.authorise import open_authorised
from appliance.terminal.config import TerminalConfig, read_credentials
from appliance.terminal.errors import Unauthorised
from appliance.terminal.messages.enums import Privileges
from tests.e2e.world import RECEPTION, a_room

DOCS = Path(__file__).parents[2] / "docs"
SECURED: dict[str, Any] = {"pin": "A1B", "user_pin": "FA6"}


def printed() -> dict[str, Any]:
    """The section [terminal] of the file with everything in it."""
    example = next(
        block
        for block in (DOCS / "configuration.md").read_text().split("```toml")
        if "[terminal]" in block and "web_port" in block
    )
    section: dict[str, Any] = tomllib.loads(example.split("```")[0])["terminal"]
    return section


async def let_in(options: dict[str, Any], **terminal: Any) -> Privileges | None:  # any option of the configuration
    async with trio.open_nursery() as nursery:
        simulator = await nursery.start(simulate, SimulatorOptions(control_port=None, **options))
        config = TerminalConfig(host="127.0.0.1", web_port=simulator.ports.web, **terminal)
        try:
            async with open_authorised(config, read_credentials(config), lambda _event, _frame: None) as (_, reply):
                return reply.privileges
        finally:
            nursery.cancel_scope.cancel()


async def test_the_printed_example_is_let_in_by_the_simulated_terminal_as_it_is_printed(clock: object) -> None:
    example = printed()
    assert f"offhook simulate --pin {example['pin']} " in (DOCS / "simulator.md").read_text()
    assert await let_in({"pin": example["pin"]}, pin=example["pin"], role=example["role"]) is Privileges.ADMINISTRATOR


@pytest.mark.parametrize(
    ("pin", "role", "privileges"),
    [
        ("FA6", "user", Privileges.USER),
        ("FA6", None, Privileges.USER),
        ("A1B", "admin", Privileges.ADMINISTRATOR),
        ("A1B", None, Privileges.ADMINISTRATOR),
        ("A1B", "user", None),
        ("FA6", "admin", None),
    ],
)
async def test_a_pin_opens_the_account_that_it_belongs_to(
    clock: object, pin: str, role: str | None, privileges: Privileges | None
) -> None:
    if privileges is not None:
        assert await let_in(SECURED, pin=pin, role=role) is privileges
        return
    with pytest.RaisesGroup(
        pytest.RaisesExc(Unauthorised, match="tried a PIN for the .* account"), flatten_subgroups=True
    ):
        await let_in(SECURED, pin=pin, role=role)


async def test_a_users_pin_that_the_terminal_changes_is_told_before_and_after_the_call(clock: object) -> None:
    async with a_room(terminal='pin = "FA6"\nrole = "user"', options=SECURED) as world:
        assert not will_change(world.state)
        with world.simulator.changing() as terminal:
            terminal.settings.change({"changeUserAuthPinAfterConf": True}, logged_in=True)
        await world.until(will_change)
        await world.in_a_call()
        world.simulator.peer(RECEPTION).leave()
        state = await world.until(lambda state: state.link.phase is LinkPhase.REFUSED)
        assert "PIN for the user's account" in str(state.link.reason)
