"""Every printed request of the interface, sent by a plain client through the appliance."""

import pytest
import trio

from tests.share.conftest import StartBox
from tests.share.network import on_network
from tests.simulator.legal import LEGAL, OPTIONS
from tests.simulator.test_black_box import REQUESTS, check_events, check_reply

OURS = {"auth", "getAuthInfo", "setAuthParams", "clearTokens"}
"""What the appliance answers itself."""
LAST = {"rebootSystem", "shutdown", "shutdownSystem"}
"""After them there is no link."""


@pytest.mark.slow
@pytest.mark.parametrize("way", ["socket", "network"])
@pytest.mark.parametrize("name", sorted(set(REQUESTS) - OURS))
async def test_printed_requests(start_box: StartBox, nursery: trio.Nursery, name: str, way: str) -> None:
    legal = LEGAL[name]
    for printed in REQUESTS[name]:
        box = await start_box(**{**OPTIONS, **legal.options})
        program = box.program if way == "socket" else (await on_network(box, nursery)).program
        async with program() as client:
            await legal.state(client, box.simulator)
            client.kept.clear()
            request = {**printed, "method": name, **legal.change}
            check_reply(name, await client.do(**request))
            for event in legal.events:
                await check_events(client, name, event)
