from typing import Any

import pytest
from structlog.testing import capture_logs
from trio.testing import MockClock

from appliance.terminal.authorise import open_authorised
from appliance.terminal.config import read_credentials
from appliance.terminal.errors import Timeout, Unauthorised
from appliance.terminal.messages.account import AuthReply
from appliance.terminal.messages.enums import AuthResult, Privileges
from tests.terminal.scripted import AUTHORISED, WRONG_CREDENTIALS, ScriptedTerminal


async def let_in(terminal: ScriptedTerminal, *, token: str = "", **options: Any) -> AuthReply:
    config = terminal.config(**options)
    async with open_authorised(config, read_credentials(config), lambda _event, _frame: None, token=token) as (
        _,
        reply,
    ):
        return reply


def asked(terminal: ScriptedTerminal) -> list[dict[str, Any]]:
    return [{k: v for k, v in request.items() if k != "requestId"} for request in terminal.received]


@pytest.mark.parametrize(
    ("options", "request_"),
    [
        ({}, {"type": "unsecured"}),
        ({"pin": "FA6"}, {"type": "secured", "credentials": "FA6"}),
        ({"password": "super password"}, {"type": "secured", "credentials": "super password"}),
        ({"token": "h4is950g"}, {"type": "secured", "credentials": "h4is950g"}),
        ({"pin": "FA6", "role": "admin"}, {"type": "secured", "credentials": "FA6", "role": "admin"}),
        ({"role": "admin"}, {"type": "unsecured", "role": "admin"}),
    ],
)
async def test_each_kind_of_protection(
    clock: MockClock, terminal: ScriptedTerminal, options: dict[str, Any], request_: dict[str, Any]
) -> None:
    reply = await let_in(terminal, **options)
    assert asked(terminal) == [{"method": "auth", **request_}]
    assert (reply.privileges, reply.token) == (Privileges.ADMINISTRATOR, "token-1")


async def test_the_token_comes_first(clock: MockClock, terminal: ScriptedTerminal) -> None:
    await let_in(terminal, pin="FA6", token="token-0")
    assert [request["credentials"] for request in terminal.received] == ["token-0"]


async def test_a_refused_token_gives_way_to_the_credentials_on_the_same_connection(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    terminal.answers["auth"] = lambda request: AUTHORISED if request["credentials"] == "FA6" else WRONG_CREDENTIALS
    await let_in(terminal, pin="FA6", token="token-0")
    assert [request["credentials"] for request in terminal.received] == ["token-0", "FA6"]
    assert len(terminal.connections) == 1


async def test_who_asked_to_be_user_steps_down_from_administrator(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.answers["auth"] = lambda request: AUTHORISED if "type" in request else {"previleges": 1}
    reply = await let_in(terminal, pin="FA6", role="user")
    assert asked(terminal)[1:] == [{"method": "auth", "role": "user"}]
    assert (reply.privileges, reply.token) == (Privileges.USER, "token-1")


async def test_who_is_user_already_does_not_step_down(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.answers["auth"] = {"previleges": 1}
    await let_in(terminal, role="user")
    assert len(terminal.received) == 1


async def test_who_asked_to_be_administrator_and_is_not_hears_of_it(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    terminal.answers["auth"] = {"previleges": 1}
    with capture_logs() as logs:
        await let_in(terminal, role="admin")
    assert [entry["event"] for entry in logs] == ["authorised_as_user"]


async def test_wrong_credentials_are_named_and_not_shown(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.answers["auth"] = WRONG_CREDENTIALS
    with pytest.raises(Unauthorised, match="the terminal refused auth: wrong credentials") as caught:
        await let_in(terminal, pin="FA6")
    assert caught.value.result_code is AuthResult.WRONG_CREDENTIALS
    assert "FA6" not in repr(caught.value)


@pytest.mark.parametrize(
    ("options", "tried"),
    [
        ({"pin": "FA6", "role": "user"}, "a PIN for the user's account"),
        ({"password": "secret", "role": "admin"}, "a password for the administrator's account"),
        ({"pin": "FA6"}, "a PIN for either account"),
        ({}, "no credentials for either account"),
    ],
)
async def test_a_refusal_says_which_account_was_tried(
    clock: MockClock, terminal: ScriptedTerminal, options: dict[str, Any], tried: str
) -> None:
    terminal.answers["auth"] = WRONG_CREDENTIALS
    with pytest.raises(Unauthorised) as caught:
        await let_in(terminal, **options)
    assert str(caught.value) == f"the terminal refused auth: wrong credentials; tried {tried}"
    assert not any(secret in str(caught.value) for secret in ("FA6", "secret"))


async def test_a_refused_token_is_logged_with_the_account(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.answers["auth"] = lambda request: AUTHORISED if request["credentials"] == "FA6" else WRONG_CREDENTIALS
    with capture_logs() as logs:
        await let_in(terminal, pin="FA6", role="admin", token="token-0")
    assert [entry["tried"] for entry in logs] == ["a token for the administrator's account"]


async def test_a_refused_step_to_the_user_says_so(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.answers["auth"] = lambda request: AUTHORISED if "type" in request else WRONG_CREDENTIALS
    with pytest.raises(Unauthorised, match="tried the step from the administrator's to the user's account"):
        await let_in(terminal, pin="FA6", role="user")


async def test_no_answer_is_given_up_after_the_command_timeout(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.answers["auth"] = None
    with pytest.raises(Timeout, match="no reply to auth within 5 s"):
        await let_in(terminal)
