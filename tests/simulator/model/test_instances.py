"""Newer terminals name people in a conference by instance: in every message that is about them, and both ways."""

from collections.abc import Iterator
from typing import Any

import pytest

from appliance.simulator.model.dialects import instances
from appliance.simulator.model.dialects.instances import instance_of, without_instance
from appliance.simulator.option_types import Generation
from tests.simulator.client import Client, authorised
from tests.simulator.conftest import Start
from tests.simulator.legal import FILES, ONE, OPTIONS, THREE, TWO, own
from tests.simulator.test_black_box import EVENTS, ON_WIRE, REPLIES, REQUESTS

NEW = {**OPTIONS, "generation": Generation.NEW}
USERS = frozenset(
    {
        *("addToAbook", "getAbook", "getDisplayNameById", "removeFromAbook", "renameInAbook", "getContactDetails"),
        *("block", "unblock", "getBanList", "getGroups", "getCallHistory", "getLogin", "login", "usersStatusesChanged"),
        *("contactBlocked", "contactUnblocked", "contactsAdded", "contactsDeleted", "contactsRenamed", "detailInfo"),
        *("abReceivedAfterLogin", "updateAvatar", "groupsAdded", "groupsRemoved"),
        *("usersAddedToGroups", "usersRemovedFromGroups", "getListOfChats", "getChatLastMessages"),
        *("getFileRequests", "getFileUploads", "getFileTransferInfo", "receivedFileRequest", "fileSent"),
        *("conferenceCreated", "getConferences", "stopCalling", "inviteReceived", "inviteSent", "inviteRequestSent"),
        *("rejectReceived", "rejectSent", "requestInviteReceived", "peerAccepted"),
        *("commandReceived", "commandSent", "chatMessageSent", "incomingChatMessage", "incomingGroupChatMessage"),
        *("slideShowStarted", "slideShowStopped"),  # newer terminals no longer send them
    }
)
"""Messages about people as the server knows them."""


def ids(value: Any, name: str = "") -> Iterator[str]:
    """Every id that a message has, in a field for ids, however deep."""
    if isinstance(value, dict):
        for field, each in value.items():
            yield from ids(each, field)
    elif isinstance(value, list):
        for each in value:
            yield from ids(each, name)
    elif isinstance(value, str) and "@" in value and name in instances.NAMES:
        yield value


PRINTED = [(name, example) for name, examples in REPLIES.items() for example in examples if any(ids(example))] + [
    (ON_WIRE.get(name, name), example) for name, examples in EVENTS.items() for example in examples if any(ids(example))
]


@pytest.mark.parametrize(("name", "example"), PRINTED)
def test_every_message_that_names_people_names_users_or_instances(name: str, example: dict[str, Any]) -> None:
    inside = name in instances.MESSAGES or name in instances.PARTS
    assert inside is not (name in USERS), "say in instances.py or here which of the two it names"
    heard = list(ids(instances.said(name, example)))
    if name in instances.MESSAGES:
        assert [each for each in heard if "/" not in each] == []
    elif name in USERS:
        assert heard == list(ids(example))


@pytest.mark.parametrize("name", REQUESTS)
def test_every_request_means_the_same_by_user_and_by_instance(name: str) -> None:
    for printed in REQUESTS[name]:
        request = {"method": name, **printed}
        by_instance = instances._each(request, instance_of)
        assert instances.asked(by_instance) == request
        assert (by_instance != request) is any(ids(request))


async def test_everybody_has_one_name_in_all_that_happens_in_a_conference(start: Start) -> None:
    simulator = await start(**NEW)
    async with authorised(simulator) as client:
        await client.do("setSettings", settings={"record": 1, "cameraRemoteControlAccess": 1})
        heard = _listen(client)
        await own(client, simulator, "role")
        one, two, three = (simulator.peer(peer) for peer in (ONE, TWO, THREE))
        one.ask_to_speak()
        two.ask_to_record()
        three.ask_for_camera()
        state = await client.do("getAppState")
        assert set(ids(state["requests"])) == {instance_of(ONE), instance_of(TWO)}
        await client.do("acceptRequestToPodium", peerId=instance_of(ONE))
        await client.do("allowRecord", peerId=TWO)
        assert list(ids(await client.do("getIncomingCameraControlRequests"))) == [instance_of(THREE)]
        await client.do("acceptRequestCameraControl", callId=instance_of(THREE))
        await client.do("requestParticipantCameraControl", callId=instance_of(ONE))
        assert list(ids(await client.do("getOutgoingCameraControlRequests"))) == [instance_of(ONE)]
        one.give_camera()
        assert list(ids(await client.do("getRemotelyControlledCameras"))) == [instance_of(ONE)]
        await client.do("remotelyControlledCameraPtzLeft", cameraOwnerCallId=instance_of(ONE))
        await client.do("moveVideoSlotToMonitor", callId=instance_of(TWO), monitorIndex=0)
        await client.do("hideVideoSlot", callId=instance_of(THREE))
        matrix = await client.do("getVideoMatrix")
        assert matrix["hiddenVideoSlots"] == [instance_of(THREE)]
        assert [slot["callId"] for slot in matrix["externVideoSlots"]] == [instance_of(TWO)]
        assert instance_of(ONE) in ids((await client.do("GETSYSTEMINFO"))["receivers"])
        await client.do("turnRemoteMic", peerId=instance_of(ONE), on=False)
        await client.do("removeVideoSlotFromMonitor", monitorIndex=0)
        await client.do("kickFromPodium", peerId=instance_of(ONE))
        for peer in (ONE, TWO):
            await client.do("kickPeer", peerId=instance_of(peer))
        await client.do("getConferenceParticipants")
    wrong = {_name(each): list(ids(each)) for each in heard if _name(each) in instances.MESSAGES and _users(each)}
    assert wrong == {}
    assert {_name(each) for each in heard} >= HEARD


HEARD = instances.MESSAGES - {  # all but what another conference or another camera would be needed for
    *("extraVideoFlowNotify", "incomingRequestCameraControlRejected", "outgoingRequestCameraControlRejected"),
}


def _listen(client: Client) -> list[dict[str, Any]]:
    heard = list[dict[str, Any]]()
    hear = client.next

    async def heard_too() -> dict[str, Any]:
        heard.append(message := await hear())
        return message

    client.next = heard_too  # type: ignore[method-assign]
    return heard


def _name(message: dict[str, Any]) -> str:
    return str(message.get("event", message["method"]))


def _users(message: dict[str, Any]) -> list[str]:
    return [each for each in ids(message) if "/" not in each]


async def test_a_microphone_is_switched_by_instance_and_a_file_goes_to_a_user(start: Start) -> None:
    simulator = await start(**NEW)
    async with authorised(simulator) as client:
        await own(client, simulator)
        assert await client.refused("turnRemoteMic", peerId=ONE, on=False) == "peer is not in the conference"
        await client.do("turnRemoteMic", peerId=instance_of(ONE), on=False)
        assert await client.refused("sendFile", peerId=instance_of(ONE), fileId=FILES[0]) == "unknown peer"
        await client.do("sendFile", peerId=ONE, fileId=FILES[0])


@pytest.mark.parametrize(
    ("named", "meant"),
    [
        (f"{ONE}/1f2e3d4c", ONE),
        (ONE, ONE),
        ("https://some.server/c/200", "https://some.server/c/200"),
        ("#self:0", "#self:0"),
    ],
)
def test_an_instance_is_cut_off_a_user_and_nothing_off_a_link(named: str, meant: str) -> None:
    assert without_instance(named) == meant
    assert without_instance(instance_of(meant)) == meant
    assert instance_of(named) == (named if "@" not in named else instance_of(named))


async def test_one_that_says_both_takes_either(start: Start) -> None:
    simulator = await start(**OPTIONS)
    async with authorised(simulator) as client:
        await own(client, simulator)
        await client.do("turnRemoteMic", peerId=TWO, on=False)
        await client.do("kickPeer", peerId=instance_of(ONE))
