"""What is so for programs whichever way they come in: at the socket, or over the network."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest
import trio
import trio_websocket

from appliance.share.grants import READ_ONLY
from appliance.simulator.model.common import errors
from tests.share.conftest import Box
from tests.simulator.client import Client
from tests.simulator.legal import LEGAL
from tests.simulator.test_black_box import REQUESTS


async def closed(client: Client) -> trio_websocket.CloseReason | None:
    """Why the connection ended; what came before is passed over."""
    with trio.fail_after(60):
        while True:
            try:
                await client.websocket.get_message()
            except trio_websocket.ConnectionClosed as closed:
                return closed.reason


async def reading_changes_nothing(box: Box, ask: Callable[..., Awaitable[dict[str, Any]]]) -> None:
    """Every command is tried by `ask`, which is a program's that may only read; the terminal hears of no change."""
    box.simulator.terminal.received.clear()
    for method, requests in REQUESTS.items():
        if method in ("auth", "getAuthInfo"):
            continue
        for request in requests:
            reply = await ask(**{**request, **LEGAL[method].change, "method": method})
            assert (
                method.startswith("get")
                or reply["error"] in (READ_ONLY, errors.ADMINISTRATOR_ONLY)
                or ("protection" in reply["error"])
            ), method
    received = {command["method"] for command in box.simulator.terminal.received}
    assert received
    assert {method for method in received if not method.startswith("get")} == set()
    assert "getTokenForHttpServer" not in received


async def nobody_without_a_link(box: Box, program: Callable[[], AbstractAsyncContextManager[Client]]) -> None:
    """While there is no link nobody is let in, and afterwards everybody is again."""
    async with program() as client:
        box.simulator.restart()
        await closed(client)
    with pytest.raises(trio_websocket.ConnectionRejected) as refused:
        async with program():
            pass
    assert refused.value.status_code == 503
    await box.up_again()
    async with program() as client:
        await client.do("getAppState")
