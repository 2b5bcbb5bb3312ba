"""What programs of each role may send; every command of the interface is tried."""

import json
from functools import partial
from typing import Any

import pytest
import trio

from appliance.share.grants import NO_POWER, NOT_KNOWN, READ_ONLY, Grant, Role, refusal
from appliance.share.own import MOST_WRONG
from appliance.share.program import Program
from appliance.simulator.model.common import errors
from appliance.terminal.messages.enums import AuthResult
from appliance.terminal.messages.every import COMMANDS
from tests.share.both_ways import reading_changes_nothing
from tests.share.conftest import Box

NAME = "a program"


class Fixed:
    """Lets everybody in with one grant."""

    secured = True

    def __init__(self, grant: Grant) -> None:
        self._grant = grant

    def enter(self, credentials: str | None) -> Grant | None:
        return self._grant if credentials == "secret" else None


async def put_in(box: Box, role: Role, *, power: bool = False) -> Program:
    """A program that has authorised, without a connection of its own."""
    program = Program(Fixed(Grant(NAME, role, power=power)), "here")
    box.service.sharing.join(program)
    reply = await asked(box, program, "auth", type="secured", credentials="secret")
    assert reply["result"] is True
    return program


async def asked(box: Box, program: Program, method: str, **parameters: Any) -> dict[str, Any]:
    """The reply to a command; events before it are passed over."""
    await box.service.sharing.take(program, json.dumps({"method": method, **parameters}))
    with trio.fail_after(60):
        while True:
            frame = await program.next()
            assert frame is not None
            message: dict[str, Any] = json.loads(frame)
            if "event" not in message:
                return message


async def test_who_may_only_read_changes_nothing(box: Box) -> None:
    await reading_changes_nothing(box, partial(asked, box, await put_in(box, Role.READ)))


async def test_who_may_only_read_hears_everything(box: Box) -> None:
    program = await put_in(box, Role.READ)
    box.simulator.press_hook_off()
    with trio.fail_after(60):
        frame = await program.next()
    assert frame is not None
    assert json.loads(frame)["event"] == "hookOffPressed"


async def test_wrong_credentials_leave_what_was_there_and_end_the_connection_at_last(box: Box) -> None:
    program = await put_in(box, Role.USER)
    for _ in range(MOST_WRONG):
        reply = await asked(box, program, "auth", type="secured", credentials="guess")
        assert (reply["error"], reply["resultCode"]) == (errors.WRONG_CREDENTIALS, AuthResult.WRONG_CREDENTIALS)
        assert program.grant is not None
    assert program.ends is not None


@pytest.mark.parametrize("role", [Role.USER, Role.READ])
async def test_a_lesser_role_is_not_the_administrator(box: Box, role: Role) -> None:
    program = await put_in(box, role)
    reply = await asked(box, program, "auth", type="secured", credentials="secret", role="admin")
    assert reply["error"] == errors.WRONG_CREDENTIALS


@pytest.mark.parametrize("power", [False, True])
@pytest.mark.parametrize("role", Role)
def test_case_makes_no_difference(role: Role, power: bool) -> None:
    grant = Grant(NAME, role, power=power)
    for method in COMMANDS:
        assert refusal(grant, method) == refusal(grant, method.upper()) == refusal(grant, method.lower()), method


def test_what_is_not_known_is_for_those_who_may_do_everything() -> None:
    assert refusal(Grant(NAME, Role.ADMIN), "setAdministratorsSecret") == NOT_KNOWN
    assert refusal(Grant(NAME, Role.READ), "getAdministratorsSecret") == READ_ONLY
    assert refusal(Grant(NAME, Role.ADMIN, power=True), "setAdministratorsSecret") == ""


@pytest.mark.parametrize("method", ["shutdown", "rebootSystem", "logout", "startUpdate"])
def test_power_is_granted_apart(method: str) -> None:
    assert refusal(Grant(NAME, Role.ADMIN), method) == NO_POWER
    assert refusal(Grant(NAME, Role.ADMIN, power=True), method) == ""


@pytest.mark.parametrize("role", list(Role))
def test_nobody_may_change_the_accounts(role: Role) -> None:
    assert refusal(Grant(NAME, role, power=True), "setAuthParams")
