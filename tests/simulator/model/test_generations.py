"""A simulated terminal speaks like older ones, like newer ones, or both where they do not contradict each other."""

import json
from typing import Any

import pytest

from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.common.session import Session
from appliance.simulator.model.dialects.instances import instance_of, without_instance
from appliance.simulator.model.dialects.newer import matrix_type, older_matrix_type
from appliance.simulator.model.machine.accounts import Accounts
from appliance.simulator.option_types import Generation
from appliance.simulator.options import DOMAIN, SimulatorOptions
from appliance.terminal.messages import decode_as
from appliance.terminal.messages.calls import AppStateReply
from appliance.terminal.messages.devices import PtzReply
from appliance.terminal.messages.newer.generation import Generation as Told
from appliance.terminal.messages.newer.generation import told
from tests.simulator.client import Client, authorised
from tests.simulator.conftest import Start

ANNA = f"anna.petrova@{DOMAIN}"
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
        assert (await client.do("getVideoMatrix"))["hiddenVideoSlots"] == [instance_of(JOHN)]
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


async def test_presets_of_a_newer_one_have_no_names(start: Start) -> None:
    both, newer = await start(generation=BOTH), await start(generation=NEW)
    async with authorised(both) as client:
        assert (await client.do("addPresetFromCurrentVideoCapturer", name="Door"))["name"] == "Door"
    async with authorised(newer) as client:
        assert await client.refused("addPresetFromCurrentVideoCapturer", name="Door") == "unknown parameter: name"
        stored = await client.do("addPresetFromCurrentVideoCapturer")
        assert stored["presetId"].isdigit()
        assert stored["zoom"] == {"isPresent": True, "value": 1}
        (listed,) = (await client.do("getAllVideoCapturerPresets"))["presets"]
        told = await client.event("videoCapturerPresetAdded")
        for each in (listed, told):
            about = {name: value for name, value in each.items() if name not in ("method", "event")}
            assert about.items() <= stored.items()
            assert "name" not in each
            assert {"videoCapturerName": "PTZ camera", "comPort": ""}.items() <= each.items()


async def _talk(client: Client, simulator: Any) -> None:  # the simulator
    await client.do("call", peerId=JOHN)
    simulator.peer(JOHN).answer()
    await client.event("conferenceCreated")
    client.kept.clear()


async def _roles(client: Client) -> dict[str, int]:
    people = (await client.do("getConferenceParticipants"))["participants"]
    return {without_instance(each["peerId"]): each["role"] for each in people}


@pytest.mark.parametrize(("generation", "invited", "asks", "speaks"), [(OLD, 1, 1, 4), (BOTH, 1, 1, 4), (NEW, 4, 3, 1)])
async def test_the_role_in_a_list_tells_who_asks_and_who_is_invited_or_who_speaks(
    start: Start, generation: Generation, invited: int, asks: int, speaks: int
) -> None:
    simulator = await start(generation=generation)
    async with authorised(simulator) as client:
        await client.do("createConference", title="Lecture", confType="role", inviteList=[JOHN, ANNA])
        for peer in (JOHN, ANNA):
            simulator.peer(peer).answer()
        me = simulator.terminal.options.room_id
        assert await _roles(client) == {me: 2, JOHN: 1, ANNA: 1}
        await client.do("inviteToPodium", peerId=JOHN)
        simulator.peer(ANNA).ask_to_speak()
        assert await _roles(client) == {me: 2, JOHN: invited, ANNA: asks}
        simulator.peer(JOHN).let_speak()
        await client.do("rejectRequestToPodium", peerId=ANNA)
        assert await _roles(client) == {me: 2, JOHN: speaks, ANNA: 1}


@pytest.mark.parametrize(("generation", "asks", "invited"), [(OLD, 1, 1), (NEW, 3, 4)])
async def test_the_rooms_own_role_tells_that_it_asks_or_is_invited(
    start: Start, generation: Generation, asks: int, invited: int
) -> None:
    simulator = await start(generation=generation, answer_timeout=5)
    async with authorised(simulator) as client:
        simulator.peer(JOHN).call(3, "Lecture")
        await client.do("accept")
        me = simulator.terminal.options.room_id
        await client.do("goToPodium")
        assert (await _roles(client))[me] == asks
        simulator.peer(JOHN).let_speak(allow=False)
        simulator.peer(JOHN).invite_to_speak()
        assert (await _roles(client))[me] == invited
        await client.do("rejectInvitationToPodium")
        assert (await _roles(client))[me] == 1


DAY = 86400


@pytest.mark.parametrize(
    ("generation", "protection", "days"),
    [
        (OLD, {"pin": "FA6"}, 30),
        (BOTH, {"pin": "FA6"}, 30),
        (NEW, {"pin": "FA6"}, 1),
        (NEW, {"password": "secret"}, 30),
        (NEW, {}, 30),
        (NEW, {"pin": "FA6", "token_lifetime": 3 * DAY}, 3),
    ],
)
def test_a_token_lives_as_long_as_in_its_generation(
    generation: Generation, protection: dict[str, Any], days: float
) -> None:
    now = 0.0
    options = SimulatorOptions(generation=generation, **protection)
    accounts = Accounts(options, lambda: now, lambda _session, _cause: None, lambda: True)
    by = {"type": "secured", "credentials": options.secret} if options.secret else {"type": "unsecured"}
    token = {"type": "secured", "credentials": accounts.authorise(Session(), by)["token"]}
    for _ in range(3):  # authorised with, it is good for as long again
        now += days * DAY - 1
        accounts.authorise(Session(), token)
    now += days * DAY
    with pytest.raises(Refused):
        accounts.authorise(Session(), token)
