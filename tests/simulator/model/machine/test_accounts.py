import pytest
from trio.testing import MockClock

from tests.simulator.client import Client, authorised, connected
from tests.simulator.conftest import Start

WORD = {"type": "secured", "credentials": "word"}
ADMIN = {"type": "secured", "credentials": "FA6"}
USER = {"type": "secured", "credentials": "user word"}


async def test_unsecured_is_administrator(start: Start) -> None:
    async with connected(await start()) as client:
        reply = await client.do("auth", type="unsecured")
    assert (reply["previleges"], reply["resultCode"]) == (2, 0)
    assert reply["token"].startswith("1*")
    assert reply["tokenForHttpServer"].startswith("3*")


async def test_unsecured_is_user_where_only_the_administrator_is_secured(start: Start) -> None:
    async with connected(await start(pin="FA6")) as client:
        assert (await client.do("auth", type="unsecured"))["previleges"] == 1
        assert (await client.do("auth", **ADMIN))["previleges"] == 2


async def test_credentials_say_which_account(start: Start) -> None:
    simulator = await start(pin="FA6", user_password="user word")
    async with connected(simulator) as client:
        assert (await client.do("auth", **ADMIN))["previleges"] == 2
        assert (await client.do("auth", **USER))["previleges"] == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "unsecured"},
        {"type": "secured"},
        {"type": "secured", "credentials": ""},
        {"type": "secured", "credentials": "FA7"},
        {**ADMIN, "role": "user"},
        {**USER, "role": "admin"},
        {"role": "user"},
        {"role": "admin"},
        {},
    ],
)
async def test_wrong_credentials_leave_the_socket_open(start: Start, wrong: dict[str, str]) -> None:
    async with connected(await start(pin="FA6", user_password="user word")) as client:
        reply = await client.ask("auth", **wrong)
        assert (reply["result"], reply["error"], reply["resultCode"]) == (False, "wrong credentials", 3)
        await client.do("auth", **ADMIN)


async def test_a_refused_auth_costs_nothing_that_was_there(start: Start) -> None:
    async with authorised(await start(pin="FA6"), **ADMIN) as client:
        await client.refused("auth", type="secured", credentials="nonsense")
        await client.do("getAppState")


async def test_role_chooses_among_unsecured_accounts(start: Start) -> None:
    async with connected(await start()) as client:
        assert (await client.do("auth", type="unsecured", role="user"))["previleges"] == 1
        assert (await client.do("auth", type="unsecured", role="admin"))["previleges"] == 2
        assert (await client.do("auth", role="user"))["previleges"] == 1


async def test_there_may_be_no_user(start: Start) -> None:
    async with connected(await start(pin="FA6", user_available=False)) as client:
        await client.refused("auth", type="unsecured")
        await client.do("auth", **ADMIN)
        await client.refused("auth", role="user")
        assert "userAuth" not in await client.do("getAuthInfo")
        assert await client.refused("setAuthParams", userType="user", authType="unsecured")


async def test_nothing_before_auth(start: Start) -> None:
    simulator = await start()
    async with connected(simulator) as client:
        assert await client.refused("getAppState") == "authorization needed"
        assert await client.refused("noSuchThing") == "authorization needed"
        simulator.press_hook_off()
        await client.do("auth", type="unsecured")
        await client.quiet()


async def test_one_administrator_and_one_user_at_a_time(start: Start) -> None:
    simulator = await start(pin="FA6", user_password="user word")
    async with (
        authorised(simulator, **ADMIN) as first,
        authorised(simulator, **USER) as user,
        authorised(simulator, **ADMIN) as second,
    ):
        assert (await first.event("authorizationNeeded"))["cause"] == 1
        assert await first.refused("setMicMute", mute=True) == "authorization needed"
        await second.do("setMicMute", mute=True)
        await user.events("audioCapturerMute")
        assert await first.refused("getMicMute") == "authorization needed"  # and no event before this
        await first.do("auth", **ADMIN)
        assert (await second.event("authorizationNeeded"))["cause"] == 1


async def test_stepping_down_takes_the_user_over(start: Start) -> None:
    simulator = await start(pin="FA6", user_password="user word")
    async with authorised(simulator, **USER) as user, authorised(simulator, **ADMIN) as admin:
        assert (await admin.do("auth", role="user"))["previleges"] == 1
        assert (await user.event("authorizationNeeded"))["cause"] == 1
        assert await admin.refused("clearTokens") == "administrator only"


async def test_a_token_authorises_after_the_connection_is_lost(start: Start) -> None:
    simulator = await start(pin="FA6")
    async with connected(simulator) as client:
        token = (await client.do("auth", **ADMIN))["token"]
    async with connected(simulator) as client:
        reply = await client.do("auth", type="secured", credentials=token)
        assert (reply["previleges"], reply["token"]) == (2, token)


async def test_tokens_live_thirty_days_from_their_last_use(start: Start, clock: MockClock) -> None:
    days = 86400.0
    simulator = await start(pin="FA6")
    async with connected(simulator) as client:
        token = (await client.do("auth", **ADMIN))["token"]
        clock.jump(29 * days)
        await client.do("auth", type="secured", credentials=token)
        clock.jump(29 * days)
        await client.do("auth", type="secured", credentials=token)
        clock.jump(30 * days)
        await client.refused("auth", type="secured", credentials=token)


async def test_a_session_by_token_lasts_as_long_as_the_token_that_it_renewed(start: Start, clock: MockClock) -> None:
    days = 86400.0
    simulator = await start(pin="FA6")
    async with connected(simulator) as client:
        token = (await client.do("auth", **ADMIN))["token"]
    clock.jump(29 * days)
    async with connected(simulator) as client:
        await client.do("auth", type="secured", credentials=token)
        clock.jump(29 * days)  # day 58
        await client.do("getMicMute")
        clock.jump(1 * days)
        assert (await client.event("authorizationNeeded"))["cause"] == 8


async def test_clearing_tokens_keeps_the_session(start: Start) -> None:
    async with connected(await start(pin="FA6")) as client:
        token = (await client.do("auth", **ADMIN))["token"]
        await client.do("clearTokens")
        await client.do("getAppState")
        await client.refused("auth", type="secured", credentials=token)


async def test_a_new_pin_is_generated_and_replaces_the_tokens(start: Start) -> None:
    async with connected(await start(password="old word")) as client:
        old = (await client.do("auth", type="secured", credentials="old word"))["token"]
        reply = await client.do("setAuthParams", userType="admin", authType="pin")
        await client.refused("auth", type="secured", credentials=old)
        await client.refused("auth", type="secured", credentials="old word")
        await client.do("auth", type="secured", credentials=reply["token"])
        await client.do("auth", type="secured", credentials=reply["newPin"])
        assert await client.do("getAuthInfo") == {
            "method": "getAuthInfo",
            "requestId": "r7",
            "result": True,
            "adminAuth": {"security": "pin", "pin": reply["newPin"]},
            "userAuth": {"security": "unsecured"},
        }


async def test_a_user_does_not_see_the_administrators_pin(start: Start) -> None:
    async with authorised(await start(pin="FA6", user_pin="396"), type="secured", credentials="396") as user:
        info = await user.do("getAuthInfo")
    assert (info["adminAuth"], info["userAuth"]) == ({"security": "pin"}, {"security": "pin", "pin": "396"})


async def test_the_administrator_changes_the_users_protection(start: Start) -> None:
    simulator = await start(pin="FA6", user_pin="396")
    async with (
        authorised(simulator, **ADMIN) as admin,
        authorised(simulator, type="secured", credentials="396") as user,
    ):
        await admin.do("setAuthParams", userType="user", authType="password", password="new")
        assert (await user.event("authorizationNeeded"))["cause"] == 4
        await user.do("auth", type="secured", credentials="new")


async def test_an_unsecured_administrator_makes_the_user_unsecured(start: Start) -> None:
    simulator = await start(pin="FA6", user_pin="396")
    async with (
        authorised(simulator, **ADMIN) as admin,
        authorised(simulator, type="secured", credentials="396") as user,
    ):
        await admin.do("setAuthParams", userType="admin", authType="unsecured")
        assert (await user.event("authorizationNeeded"))["cause"] == 2
        await user.do("auth", type="unsecured", role="user")


async def test_a_user_changes_its_own_protection_only(start: Start) -> None:
    simulator = await start(pin="FA6", user_pin="396")
    async with authorised(simulator, type="secured", credentials="396") as user:
        assert await user.refused("setAuthParams", userType="admin", authType="unsecured") == "administrator only"
        refusal = await user.refused("setAuthParams", userType="user", authType="password", password="FA6")
        assert refusal == "credentials are in use by the other account"
        reply = await user.do("setAuthParams", userType="user", authType="password", password="mine")
        await user.do("getAppState")
        await user.do("auth", type="secured", credentials=reply["token"])


async def test_the_user_cannot_be_secured_under_an_unsecured_administrator(client: Client) -> None:
    refusal = await client.refused("setAuthParams", userType="user", authType="pin")
    assert refusal == "user cannot be secured while administrator is unsecured"
    assert await client.refused("setAuthParams", userType="admin", authType="password") == "missing parameter: password"


async def test_the_users_pin_may_change_after_every_call(start: Start) -> None:
    simulator = await start(pin="FA6", user_pin="396")
    async with (
        authorised(simulator, **ADMIN) as admin,
        authorised(simulator, type="secured", credentials="396") as user,
    ):
        await admin.do("setSettings", settings={"changeUserAuthPinAfterConf": True})
        simulator.peer("100").call()
        await admin.do("accept")
        simulator.peer("100").leave()
        assert (await user.event("authorizationNeeded"))["cause"] == 7
        await user.refused("auth", type="secured", credentials="396")
        pin = (await admin.do("getAuthInfo"))["userAuth"]["pin"]
        await user.do("auth", type="secured", credentials=pin)


@pytest.mark.parametrize("cause", range(1, 9))
async def test_any_cause_of_eviction_can_be_played(start: Start, cause: int) -> None:
    simulator = await start()
    async with authorised(simulator) as client:
        simulator.evict("admin", cause)
        assert (await client.event("authorizationNeeded"))["cause"] == cause
        assert await client.refused("getAppState") == "authorization needed"


async def test_a_new_pin_comes_after_everything_about_the_call(start: Start) -> None:
    simulator = await start(pin="FA6", user_pin="396")
    async with authorised(simulator, type="secured", credentials="396") as user:
        with simulator.changing() as terminal:
            terminal.settings.change({"changeUserAuthPinAfterConf": True}, logged_in=True)
        await user.do("createConference", confType="symmetric")
        await user.do("hangUp")
        await user.event("appStateChanged", appState=6)
        await user.events("conferenceDeleted", "appStateChanged 3", "authorizationNeeded")


async def test_protections_are_told_before_authorisation(start: Start) -> None:
    async with connected(await start(pin="FA6", user_pin="396")) as client:
        info = await client.do("getAuthInfo")
    assert (info["adminAuth"], info["userAuth"]) == ({"security": "pin"}, {"security": "pin"})


@pytest.mark.parametrize(("options", "credentials"), [({}, {"type": "unsecured"}), ({"password": "word"}, WORD)])
async def test_only_who_came_by_a_pin_needs_no_pin_for_files(
    start: Start, options: dict[str, str], credentials: dict[str, str]
) -> None:
    async with authorised(await start(transfer_pin="F35", **options), **credentials) as client:
        assert await client.refused("checkFileTransferPIN") == "missing parameter: pin"
        assert await client.refused("checkFileTransferPIN", pin="F36") == "wrong PIN"
        await client.do("checkFileTransferPIN", pin="F35")


async def test_who_came_by_a_pin_needs_no_pin_for_files(start: Start) -> None:
    async with authorised(await start(pin="FA6", transfer_pin="F35"), **ADMIN) as client:
        await client.do("checkFileTransferPIN")
        token = (await client.do("auth", **ADMIN))["token"]
        await client.do("auth", type="secured", credentials=token)
        assert await client.refused("checkFileTransferPIN") == "missing parameter: pin"
