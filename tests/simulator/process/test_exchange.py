import contextlib
from collections.abc import AsyncIterator

import pytest

from appliance.cli.simulate import _room_options
from appliance.simulator.options import SimulatorOptions
from appliance.simulator.process.exchange import Exchange
from appliance.simulator.process.simulator import Simulator
from tests.simulator.client import Client, authorised
from tests.simulator.conftest import Start

DOMAIN = "meet.example.com"
ONE, TWO, THREE = (f"room{n}@{DOMAIN}" for n in (1, 2, 3))


@pytest.fixture
async def rooms(start: Start) -> list[Simulator]:
    """Three rooms who can call each other."""
    found = []
    for options in _room_options(SimulatorOptions(control_port=None), 3):
        fields = {name: getattr(options, name) for name in options.__struct_fields__}
        found.append(await start(**fields))
    Exchange().join(found)
    return found


@contextlib.asynccontextmanager
async def clients(rooms: list[Simulator]) -> AsyncIterator[list[Client]]:
    async with authorised(rooms[0]) as one, authorised(rooms[1]) as two, authorised(rooms[2]) as three:
        yield [one, two, three]


async def test_a_call_from_one_room_rings_in_another(rooms: list[Simulator]) -> None:
    async with clients(rooms) as (one, two, _):
        await one.do("call", peerId=TWO)
        assert (await two.event("inviteReceived"))["peerId"] == ONE
        await two.do("accept")
        assert (await one.event("newParticipantInConference"))["peerId"] == TWO
        assert (await two.event("newParticipantInConference"))["peerDn"] == "Room 1"
        await two.do("hangUp")
        await two.event("appStateChanged", appState=3)
        await one.event("participantLeftConference", peerId=TWO)
        await one.event("appStateChanged", appState=3)


async def test_declining_giving_up_and_being_busy(rooms: list[Simulator]) -> None:
    async with clients(rooms) as (one, two, three):
        await one.do("call", peerId=TWO)
        await two.event("inviteReceived")
        await two.do("reject")
        assert (await one.event("rejectReceived"))["cause"] == 0
        await one.event("appStateChanged", appState=3)
        await two.event("appStateChanged", appState=3)
        await one.do("call", peerId=TWO)
        await two.event("inviteReceived")
        await three.do("call", peerId=TWO)
        assert (await three.event("rejectReceived"))["cause"] == 2
        await one.do("hangUp")
        assert (await two.event("stopCalling"))["side"] == 2


async def test_a_second_call_between_rooms(rooms: list[Simulator]) -> None:
    async with clients(rooms) as (one, two, three):
        await one.do("call", peerId=TWO)
        await two.event("inviteReceived")
        await two.do("accept")
        await three.do("call", peerId=TWO)
        await two.event("inviteReceived", peerId=THREE)
        await two.do("accept")
        await one.event("conferenceDeleted")
        await three.event("newParticipantInConference", peerId=TWO)
        await two.event("newParticipantInConference", peerId=THREE)
        await one.do("call", peerId=TWO)
        await two.event("inviteReceived", peerId=ONE)
        await two.do("reject")
        assert (await one.event("rejectReceived"))["cause"] == 0
        assert (await three.do("getConferences"))["peerId"] == TWO


async def test_a_room_invites_others_to_its_conference(rooms: list[Simulator]) -> None:
    async with clients(rooms) as (one, two, three):
        await one.do("createConference", title="Review", confType="symmetric", inviteList=[TWO, THREE])
        for guest in (two, three):
            assert (await guest.event("inviteReceived"))["confTitle"] == "Review"
            await guest.do("accept")
        await one.event("newParticipantInConference", peerId=THREE)
        await one.do("kickPeer", peerId=TWO)
        await two.event("conferenceDeleted")
        await one.do("hangUp")
        await three.event("conferenceDeleted")


async def test_a_room_leaves_its_own_conference_to_the_others(rooms: list[Simulator]) -> None:
    async with clients(rooms) as (one, two, _):
        await one.do("createConference", title="Review", confType="symmetric", inviteList=[TWO])
        await two.event("inviteReceived")
        await two.do("accept")
        await one.event("newParticipantInConference", peerId=TWO)
        await one.do("hangUp", forAll=False)
        await two.event("participantLeftConference", peerId=ONE)
        await one.event("appStateChanged", appState=3)
        assert (await two.do("getAppState"))["appState"] == 5
