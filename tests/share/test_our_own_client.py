"""Our own client at the appliance's socket."""

import pytest
import trio

from appliance.terminal import connect
from appliance.terminal.errors import LinkLost, Refused
from appliance.terminal.messages.client_enums import Account, Protection
from tests.share.conftest import Box


async def test_it_connects_to_a_socket_as_to_a_terminal(box: Box) -> None:
    async with connect(str(box.socket)) as client:
        assert (await client.calls.state()).app_state.name == "READY"
        with client.events() as events:
            box.simulator.press_hook_off()
            with trio.fail_after(60):
                assert type(await events.__anext__()).__name__ == "HookOffPressed"
        with pytest.raises(Refused, match="protection"):
            await client.access.protect(Account.ADMINISTRATOR, Protection.PIN)
    assert box.link.session is not None


async def test_a_socket_that_is_not_there(box: Box) -> None:
    missing = box.socket.with_name("missing.sock")
    with pytest.raises(LinkLost, match=r"missing\.sock: no such file"):
        async with connect(str(missing)):
            pass
