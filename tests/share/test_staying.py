"""The link is lost: programs that ask to stay do so, hear what has changed, and send nothing they sent before."""

from typing import Any

import pytest
import trio
import trio_websocket

from appliance.share.grants import Grant, Role
from appliance.share.program import Program
from appliance.share.upstream import NO_LINK, PLACES
from appliance.simulator.model.common import errors
from appliance.simulator.model.common.session import Account
from appliance.simulator.options import DOMAIN
from appliance.terminal.messages.enums import EvictionCause, RejectCause
from tests.share.both_ways import closed
from tests.share.conftest import Box
from tests.share.test_roles import Fixed
from tests.simulator.client import Client, label

STAY = "/?stay=1"
ANNA = f"anna.petrova@{DOMAIN}"
CAUSES = [*EvictionCause, *(EvictionCause(number) for number in (20, 21, 22))]


async def told(client: Client) -> list[dict[str, Any]]:
    """What a program is sent from the loss of the link until it is restored."""
    await client.event("offhookLinkLost")
    found = []
    while (event := await client.next()).get("event") != "offhookLinkRestored":
        found.append(event)
    return found


async def in_call(box: Box, client: Client) -> None:
    box.simulator.peer(ANNA).call()
    await client.event("inviteReceived")
    await client.do("accept")
    await client.event("newParticipantInConference")
    await box.simulator.until(lambda terminal: terminal.calls.conference is not None)


def sent(box: Box, method: str) -> int:
    return sum(command["method"] == method for command in box.simulator.terminal.received)


async def test_a_call_that_ended_meanwhile(box: Box) -> None:
    async with box.program(STAY) as client, box.program() as other:
        await in_call(box, client)
        box.simulator.drop()
        box.simulator.peer(ANNA).leave()
        with box.simulator.changing() as terminal:
            terminal.mutes.set("mic", mute=True)
        changes = await told(client)
        names = [label(change) for change in changes]
        assert names[:3] == ["participantLeftConference", "conferenceDeleted", "appStateChanged 3"]
        assert changes[0]["peerId"] == ANNA
        assert {"method": "event", "event": "audioCapturerMute", "mute": True} in changes
        assert not {"ptzControlsChanged", "settingsChanged", "login", "serverConnected"} & set(names)
        await client.do("getAppState")
        reason = await closed(other)
        assert reason is not None
        assert reason.code == 1001


async def test_nothing_has_changed(box: Box) -> None:
    async with box.program(STAY) as client:
        await in_call(box, client)
        client.kept.clear()
        box.simulator.drop()
        assert await told(client) == []


async def test_somebody_calls_now(box: Box) -> None:
    async with box.program(STAY) as client:
        box.simulator.drop()
        box.simulator.peer(ANNA).call()
        changes = await told(client)
        invited = next(change for change in changes if change["event"] == "inviteReceived")
        assert (invited["peerId"], invited["type"]) == (ANNA, 0)
        assert "appStateChanged 4" in [label(change) for change in changes]


async def test_another_call_than_before(box: Box) -> None:
    async with box.program(STAY) as client:
        await in_call(box, client)
        before = await client.do("getConferences")
        box.simulator.drop()
        with box.simulator.changing() as terminal:
            terminal.calls.cut_off()
        box.simulator.peer(ANNA).call()
        with box.simulator.changing() as terminal:
            terminal.calls.accept()
        names = [(label(change), change.get("confId")) for change in await told(client)]
        created = next(conf_id for name, conf_id in names if name == "conferenceCreated")
        assert names.index(("conferenceDeleted", before["confId"])) < names.index(("conferenceCreated", created))
        assert created != before["confId"]


async def test_commands_are_refused_until_it_is_back_and_never_sent(box: Box) -> None:
    async with box.program(STAY) as client:
        box.simulator.restart()
        await client.event("offhookLinkLost")
        assert await client.refused("setMicMute", mute=True) == NO_LINK
        assert (await client.do("auth", type="unsecured"))["previleges"] == 2
        await client.event("offhookLinkRestored")
        await client.do("getAppState")
        assert sent(box, "setMicMute") == 0


async def test_commands_that_waited_for_their_turn_are_never_sent(box: Box) -> None:
    count = 3 * PLACES
    async with box.program(STAY) as client:
        box.simulator.stall(2)
        for _ in range(count):
            await client.send("setMicMute", mute=True)
        await trio.testing.wait_all_tasks_blocked(0.02)
        box.simulator.drop()
        replies = [await client.reply() for _ in range(count)]
        assert {reply["error"] for reply in replies} == {NO_LINK}
        while client.kept[-1]["event"] != "offhookLinkRestored":
            client.kept.append(await client.next())
        await client.do("getAppState")
        assert sent(box, "setMicMute") == 0


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: str(int(cause)))
async def test_each_cause_as_a_program_sees_it(box: Box, cause: EvictionCause) -> None:
    async with box.program(STAY) as client, box.program() as other:
        box.simulator.evict(Account.ADMINISTRATOR, cause)
        for each in (client, other):
            assert (await each.event("authorizationNeeded"))["cause"] == cause
        assert await client.refused("getAppState") == errors.NOT_AUTHORISED
        await client.do("auth", type="unsecured")
        with pytest.raises(trio_websocket.ConnectionClosed):
            await other.next()
        await client.event("offhookLinkRestored")
        await client.do("setMicMute", mute=True)
    async with box.program() as other:
        await other.do("getAppState")


@pytest.mark.parametrize("cause", [20, 21, 22])
async def test_causes_of_a_refused_call_come_as_they_are(box: Box, cause: int) -> None:
    async with box.program() as client:
        await client.do("call", peerId=ANNA)
        box.simulator.peer(ANNA).reject(RejectCause(cause))
        assert (await client.event("rejectReceived"))["cause"] == cause


@pytest.mark.parametrize("query", ["", "stay=0", "stay", "stay=1&stay=0", "&".join("abcdefghijklmnopq")])
async def test_who_does_not_ask_to_stay_is_disconnected(box: Box, query: str) -> None:
    async with box.program(f"/?{query}") as client:
        box.simulator.drop()
        with pytest.raises(trio_websocket.ConnectionClosed):
            await client.next()


async def test_a_grant_to_stay(box: Box) -> None:
    program = Program(Fixed(Grant("theirs", Role.READ, stay=True)), "here")
    box.service.sharing.join(program)
    await box.service.sharing.take(program, '{"method":"auth","type":"secured","credentials":"secret"}')
    box.service.sharing.link_down()
    assert program.ends is None


@pytest.fixture
async def lost(box: Box) -> Box:
    box.service.sharing.link_down()
    return box


async def test_who_joins_when_the_link_has_just_been_lost(lost: Box) -> None:
    program = Program(Fixed(Grant("theirs", Role.READ)), "here")
    lost.service.sharing.join(program)
    assert program.ends == NO_LINK
