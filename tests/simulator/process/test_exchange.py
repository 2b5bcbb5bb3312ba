from appliance.simulator.process.simulator import Simulator
from tests.simulator.process.three import ONE, THREE, TWO, clients


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
