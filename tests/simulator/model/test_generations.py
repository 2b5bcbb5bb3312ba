"""A simulated terminal speaks like older ones, like newer ones, or both where they do not contradict each other."""

import json
from typing import Any

import pytest

from appliance.simulator.model.dialects.newer import instance_of, matrix_type, older_matrix_type, without_instance
from appliance.simulator.option_types import Generation
from appliance.simulator.options import DOMAIN
from appliance.terminal.messages import decode_as
from appliance.terminal.messages.calls import AppStateReply
from appliance.terminal.messages.devices import PtzReply
from appliance.terminal.messages.newer.generation import Generation as Told
from appliance.terminal.messages.newer.generation import told
from tests.simulator.client import Client, authorised
from tests.simulator.conftest import Start

JOHN = f"john.smith@{DOMAIN}"
OLD, NEW, BOTH = Generation.OLD, Generation.NEW, Generation.BOTH


@pytest.mark.parametrize("generation", Generation)
async def test_a_client_tells_a_newer_one_by_what_it_says(start: Start, generation: Generation) -> None:
    async with authorised(await start(generation=generation)) as client:
        state, ptz = await client.do("getAppState"), await client.do("getPtzControls")
        assert isinstance(state["embeddedHttpPort"], int if generation is NEW else str)
        read = told(_read(AppStateReply, state), _read(PtzReply, ptz))
        assert read is (Told.UNKNOWN if generation is OLD else Told.NEWER)
        assert ptz.get("videoCapturerName") == (None if generation is OLD else "PTZ camera")


def _read(kind: Any, reply: dict[str, Any]) -> Any:  # any reply
    return decode_as(kind, json.dumps(reply).encode())


@pytest.mark.parametrize(("generation", "side"), [(OLD, 2), (BOTH, 2), (NEW, 1)])
async def test_sides_and_layouts_are_numbered_as_in_their_generation(
    start: Start, generation: Generation, side: int
) -> None:
    simulator = await start(generation=generation)
    async with authorised(simulator) as client:
        await client.do("call", peerId=JOHN)
        simulator.peer(JOHN).reject(0)
        assert (await client.event("stopCalling"))["side"] == side
        kind = (await client.do("getSettings"))["settings"]
        (default,) = [each["value"] for each in kind if each["name"] == "defaultMultiConfMatrix"]
        assert default == (1 if generation is NEW else 2)


@pytest.mark.parametrize("older", range(7))
def test_a_layout_comes_back_but_for_the_small_corner(older: int) -> None:
    assert older_matrix_type(matrix_type(older)) == (2 if older == 1 else older)


async def test_a_newer_one_names_participants_by_instance_and_takes_either(start: Start) -> None:
    simulator = await start(generation=NEW)
    async with authorised(simulator) as client:
        await _talk(client, simulator)
        people = (await client.do("getConferenceParticipants"))["participants"]
        assert instance_of(JOHN) in [each["peerId"] for each in people]
        await client.do("hideVideoSlot", callId=instance_of(JOHN))
        assert (await client.do("getVideoMatrix"))["hiddenVideoSlots"] == [JOHN]
        await client.do("showVideoSlot", callId=JOHN)
        assert (await client.do("getVideoMatrix"))["hiddenVideoSlots"] == []
        await client.do("changeVideoMatrixType", matrixType=1)
        assert (await client.do("getVideoMatrix"))["matrixType"] == 1
        assert await client.refused("changeVideoMatrix", matrixType=1, participants=[JOHN]) == "unknown method"


@pytest.mark.parametrize(
    ("generation", "line", "refused"), [(OLD, True, True), (NEW, False, True), (BOTH, True, False)]
)
async def test_tones_with_and_without_their_line(
    start: Start, generation: Generation, line: bool, refused: bool
) -> None:
    simulator = await start(generation=generation)
    async with authorised(simulator) as client:
        await _talk(client, simulator)
        more = {"callId": JOHN} if line else {}
        reply = await client.ask("toneDial", symbol="5", **more)
        assert reply["result"] is not refused
        assert simulator.terminal.calls.tones == ([] if refused else ["5"])
        assert (await client.ask("toneDial", symbol="6", **({} if line else {"callId": JOHN})))["result"]


@pytest.mark.parametrize("generation", Generation)
async def test_the_schedule_comes_as_its_generation_sends_it(start: Start, generation: Generation) -> None:
    async with authorised(await start(generation=generation)) as client:
        reply = await client.do("getScheduler")
        assert ("conferences" in reply) is (generation is not OLD)
        if generation is NEW:
            await client.quiet()
            assert "url" not in reply["conferences"][0]
        else:
            await client.event("conferenceList")


async def test_a_newer_one_has_no_hook_keys_and_an_older_one_no_newer_commands(start: Start) -> None:
    newer, older = await start(generation=NEW), await start(generation=OLD)
    async with authorised(newer) as client:
        newer.press_hook_off()
        await client.quiet()
        assert (await client.do("getComPort"))["port"] == ""
        await client.do("setComPort", port="COM1")
        assert (await client.event("comPortChanged"))["port"] == "COM1"
    async with authorised(older) as client:
        older.press_hook_off()
        await client.event("hookOffPressed")
        assert await client.refused("getSleepMode") == "unknown method"


async def _talk(client: Client, simulator: Any) -> None:  # the simulator
    await client.do("call", peerId=JOHN)
    simulator.peer(JOHN).answer()
    await client.event("conferenceCreated")
    client.kept.clear()


@pytest.mark.parametrize(
    ("named", "meant"),
    [(f"{JOHN}/1f2e3d4c", JOHN), (JOHN, JOHN), ("https://meet.example.com/c/200", "https://meet.example.com/c/200")],
)
def test_an_instance_is_cut_off_a_user_and_nothing_off_a_link(named: str, meant: str) -> None:
    assert without_instance(named) == meant
