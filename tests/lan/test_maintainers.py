"""Two people who maintain one box at the same time, from two addresses of the network."""

from typing import Final

import pytest
import trio_websocket
from trio.testing import MockClock

from appliance.access.sessions import IDLE, MOST
from appliance.run.pages.maintenance import MAY_STILL
from tests.lan.box import JSON, Lan
from tests.lan.network import GUESTS, needs_a_network

pytestmark = [pytest.mark.slow, *needs_a_network]

ANNA, BORIS = GUESTS[10], GUESTS[11]
OWN: Final = "Correct-Horse 17"


async def status(lan: Lan, cookie: dict[str, str], path: str = "/maintenance") -> int:
    return (await lan.ask(path, headers=cookie)).status


async def heard_out(live: trio_websocket.WebSocketConnection) -> None:
    while True:
        await live.get_message()


async def test_both_are_in_and_one_leaves_alone(lan: Lan) -> None:
    password = await lan.password()
    anna, boris = await lan.session(password, ANNA), await lan.session(password, BORIS)
    assert [await status(lan, each) for each in (anna, boris)] == [200, 200]
    assert (await lan.ask("/login/out", "POST", b"{}", {**JSON, **anna})).status == 200
    assert [await status(lan, each) for each in (anna, boris)] == [403, 200]


async def test_who_changes_the_password_shuts_the_other_out_also_from_pages_that_are_open(
    lan: Lan, mock_clock: MockClock
) -> None:
    password = await lan.password()
    anna, boris = await lan.session(password, ANNA), await lan.session(password, BORIS)
    async with lan.websocket("/maintenance/live", boris) as live:
        assert await live.get_message()
        body = b'{"now": "%s", "new": "%s"}' % (password.encode(), OWN.encode())
        assert (await lan.ask("/login/password", "POST", body, {**JSON, **anna})).status == 200
        assert await status(lan, boris) == 403
        mock_clock.jump(MAY_STILL)
        with pytest.raises(trio_websocket.ConnectionClosed):
            await heard_out(live)
    assert (await lan.log_in(password, BORIS)).status == 401
    assert (await lan.log_in(OWN, BORIS)).status == 200


async def test_a_cookie_works_from_another_address_as_people_move(lan: Lan, mock_clock: MockClock) -> None:
    cookie = await lan.session(await lan.password(), ANNA)
    assert (await lan.ask("/maintenance", headers=cookie, guest=BORIS)).status == 200
    mock_clock.jump(IDLE)
    assert await status(lan, cookie) == 403


async def test_there_are_never_more_sessions_than_the_limit(lan: Lan) -> None:
    password = await lan.password()
    first = await lan.session(password, ANNA)
    for _ in range(MOST):
        await lan.session(password, BORIS)
    assert len(lan.access.sessions) == MOST
    assert await status(lan, first) == 403
