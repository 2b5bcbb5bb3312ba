"""Each recipe of docs/recipes.md does what it says: a press, or what happens, becomes commands of the terminal."""

import inspect
import re
import sys
from datetime import UTC, datetime, timedelta

import pytest
import trio

from appliance.config.examine import examine
from appliance.room.parts.link import LinkPhase
from appliance.room.state import Phase
from appliance.room.texts import meeting_ends
from appliance.run.pages.status import pages_of
from appliance.runtime.web.server import serve_web
from appliance.simulator.option_types import Generation
from appliance.simulator.options import PlannedMeeting
from tests.e2e.recipes.pages import RECIPES, ROOM, a_room_with, followed
from tests.e2e.world import ANNA, JOHN, RECEPTION, World
from tests.runtime.web.client import get
from tests.virtual_time import passes


async def rings(world: World, peer: str) -> None:
    world.simulator.peer(peer).call()
    await world.until_phase(Phase.RINGING)


async def talks(world: World, peer: str = RECEPTION) -> None:
    """Somebody calls the room, and somebody in it answers at the terminal."""
    await rings(world, peer)
    with world.simulator.changing() as terminal:
        terminal.calls.accept()
    await world.until_phase(Phase.IN_CALL)


async def call_over(world: World, peer: str = RECEPTION) -> None:
    world.simulator.peer(peer).leave()
    await world.until_phase(Phase.IDLE)
    await passes(5)


async def test_mute_on_entry(clock: object) -> None:
    async with a_room_with("Mute on entry") as world:
        await talks(world)
        await world.until(lambda state: state.mic_muted is True)
        await world.press("mute")
        await world.until(lambda state: state.mic_muted is False)
        assert world.asked() == ["setMicMute", "setMicMute"]


async def test_unmute_for_the_next(clock: object) -> None:
    async with a_room_with("A microphone that is on for the next people") as world:
        await talks(world)
        with world.simulator.changing() as terminal:
            terminal.mutes.set("mic", mute=True)
        await world.until(lambda state: state.mic_muted is True)
        await call_over(world)
        assert (world.asked(), world.state.mic_muted) == (["setMicMute"], False)


async def test_volume(clock: object) -> None:
    async with a_room_with("Remember my volume") as world:
        before = world.state.volume
        await talks(world)
        with world.simulator.changing() as terminal:
            terminal.settings.change({"audioPlayLevel": 0.9}, logged_in=True)
        await world.until(lambda state: state.volume == 0.9)
        await call_over(world)
        assert (world.asked(), world.state.volume) == (["setSettings"], before)


async def test_auto_answer(clock: object) -> None:
    async with a_room_with("Answer by itself, muted, only for some") as world:
        await rings(world, JOHN)
        await passes(20)
        await call_over(world, JOHN)
        assert world.asked() == []
        await rings(world, ANNA)
        await world.until_phase(Phase.IN_CALL)
        await world.press("mute")
        await world.until(lambda state: state.mic_muted is False)
        assert world.asked() == ["setMicMute", "accept", "setMicMute"]


async def test_speed_dial(clock: object) -> None:
    async with a_room_with("Speed dial") as world:
        await world.press("anna")
        await world.until_sent("call", peerId=ANNA)
        await world.until_phase(Phase.CALLING)


async def test_redial_and_call_back(clock: object) -> None:
    async with a_room_with("Redial, and call back") as world:
        await rings(world, JOHN)
        await call_over(world, JOHN)
        await world.until(lambda state: not state.stale)
        await world.press("back")
        await world.until_sent("call", peerId=JOHN)
        await world.until_phase(Phase.CALLING)
        world.simulator.peer(JOHN).reject()
        await world.until_phase(Phase.IDLE)
        await world.until(lambda state: not state.stale)
        await world.press("redial")
        await world.until_phase(Phase.CALLING)
        assert [command["peerId"].partition("/")[0] for command in world.sent() if command["method"] == "call"] == [
            JOHN,
            JOHN,
        ]


async def test_big_red_button(clock: object) -> None:
    async with a_room_with("Big red button") as world:
        await world.press("big")
        await world.until_phase(Phase.CALLING)
        world.simulator.peer(RECEPTION).answer()
        await world.until_phase(Phase.IN_CALL)
        await world.press("big")
        assert world.state.phase is Phase.IN_CALL
        world.hardware.gpio.press("big")
        await world.until_sent("hangUp")
        world.hardware.gpio.release("big")
        await world.until_phase(Phase.IDLE)


async def test_do_not_disturb(clock: object) -> None:
    async with a_room_with("Do not disturb for an hour") as world:
        await world.press("quiet")
        await world.until_hardware(lambda: world.lamp("undisturbed"))
        world.simulator.peer(ANNA).call()
        await world.until_sent("reject")
        await world.until_phase(Phase.IDLE)


async def test_pin_lock(clock: object) -> None:
    async with a_room_with("PIN lock") as world:
        await world.press("lock")
        await world.until_hardware(lambda: world.lamp("locked"))
        world.type("12")
        await passes(31)
        world.type("4711")
        await world.until_hardware(lambda: not world.lamp("locked"))
        assert (world.state.number, world.asked()) == ("", [])


async def test_a_floor_of_the_volume(clock: object) -> None:
    async with a_room_with("Volume with a floor") as world:
        await world.press("quieter")
        await world.until(lambda state: state.volume == 0.2)


async def test_privacy(clock: object) -> None:
    async with a_room_with("Privacy") as world:
        await world.press("camera")
        await world.until_hardware(lambda: world.lamp("camera_muted"))
        assert world.asked() == ["setVideoMute"]


async def test_busy(clock: object) -> None:
    async with a_room_with("Somebody who is busy") as world:
        await world.press("call")
        for _ in range(3):
            await world.until_phase(Phase.CALLING)
            world.simulator.peer(RECEPTION).busy()
            await world.until_phase(Phase.IDLE)
        await passes(120)
        assert world.asked() == ["call"] * 3


@pytest.mark.generations(Generation.NEW)
async def test_wake(clock: object) -> None:
    async with a_room_with("Wake the terminal with a touch") as world:
        await world.until(lambda state: state.sleeping is False)
        with world.simulator.changing() as terminal:
            terminal.sleep.set(enabled=True)
        await world.until(lambda state: state.sleeping is True)
        await world.press("mute")
        await world.until(lambda state: state.sleeping is False and state.mic_muted is True)


async def test_service(clock: object) -> None:
    async with a_room_with("The box's address, and a restart of the terminal") as world:
        await world.press("service")
        await world.until(lambda state: state.address_until > 0)
        world.hardware.gpio.press("service")
        await world.until_sent("rebootSystem")
        world.hardware.gpio.release("service")


async def test_join_next(clock: object) -> None:
    async with a_room_with("Join the next meeting, early") as world:
        await world.until(lambda state: state.agenda.now is not None)
        await world.press("join")
        await world.until_sent("call", peerId=r"\c\3413915491")
        await world.until_phase(Phase.IN_CALL)


@pytest.mark.generations(Generation.NEW)
async def test_presets(clock: object) -> None:
    async with a_room_with("Camera presets") as world:
        await world.until(lambda state: state.presets == {})
        world.hardware.gpio.press("board")
        await world.until(lambda state: bool(state.presets))
        world.hardware.gpio.release("board")
        await passes(0.2)
        await world.press("board")
        await world.until_sent("applyVideoCapturerPreset")
        first, *_, last = world.asked()
        assert (first, last) == ("addPresetFromCurrentVideoCapturer", "applyVideoCapturerPreset")


async def test_content(clock: object) -> None:
    async with a_room_with("Content on and off") as world:
        await talks(world)
        await world.press("content")
        await world.until_sent("startCapture", captureId=1)
        await world.until(lambda state: state.shows_content and state.asked is None)
        world.hardware.gpio.press("content")
        await world.until_sent("stopCapture")
        await world.until(lambda state: not state.shows_content and state.asked is None)
        world.hardware.gpio.release("content")


async def test_far_camera(clock: object) -> None:
    async with a_room_with("The other side's camera") as world:
        await talks(world)
        world.hardware.gpio.press("left")
        await world.until_sent("requestParticipantCameraControl", callId=RECEPTION)
        world.hardware.gpio.release("left")


async def test_dial_pad(clock: object) -> None:
    async with a_room_with("A dial pad") as world:
        world.type("42")
        await world.until(lambda state: state.number == "42")
        world.hardware.keypads["keypad"].key("KEY_KPPLUS")
        await world.until_sent("call", peerId="42")
        await world.until(lambda state: state.phase is not Phase.IDLE or state.call_asked is not None)
        world.hardware.keypads["keypad"].key("KEY_KPMINUS")
        await world.until_sent("hangUp")


async def test_report_an_issue(clock: object) -> None:
    async with a_room_with("Report an issue") as world:
        await world.press("help")
        await world.until_sent("sendMessage", message="Somebody please come to Neptune")


class OnTheWall:
    """A clock that goes as fast as the test, from a time of this day."""

    def __init__(self, hour: int | None = None) -> None:
        now = datetime.now(UTC).astimezone() - timedelta(seconds=60)
        self._begins = now if hour is None else now.replace(hour=hour, minute=59, second=0)

    def __call__(self) -> datetime:
        return self._begins + timedelta(seconds=trio.current_time())


def planned(minutes: float) -> PlannedMeeting:
    return PlannedMeeting(id="77", topic="Plans", owner=ANNA, duration=60 * minutes)


async def test_end_of_the_meeting(clock: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appliance.run.parts.Clock", OnTheWall)
    async with a_room_with("End of the meeting", options={"meetings": (planned(11),)}) as world:
        await world.until(lambda state: state.agenda.now is not None)
        await talks(world)
        for minutes in (10, 5, 1):
            said = meeting_ends(minutes)
            await world.until(lambda state, said=said: state.notice is not None and state.notice.text == said)  # type: ignore[misc]


async def test_join_meetings(clock: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appliance.run.parts.Clock", OnTheWall)
    async with a_room_with("Join meetings by itself", options={"meetings": (planned(20),)}) as world:
        await world.until_sent("call", peerId=r"\c\77")
        await world.until(lambda state: state.phase is Phase.IN_CALL and state.mic_muted is True)


async def test_daily_restart(clock: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appliance.run.parts.Clock", lambda: OnTheWall(3))
    async with a_room_with("A restart each day, after the last call", options={"meetings": ()}) as world:
        await talks(world)
        await passes(600)
        assert world.asked() == []
        await call_over(world)
        await world.until_sent("rebootSystem")


async def test_hang_up_safe_from_children(clock: object) -> None:
    async with a_room_with("A hang-up that is safe from children") as world:
        await talks(world)
        await world.press("hangup")
        await passes(5)
        assert (world.asked(), world.state.phase) == ([], Phase.IN_CALL)
        world.hardware.gpio.press("hangup")
        await world.until_sent("hangUp")
        world.hardware.gpio.release("hangup")
        await world.until_phase(Phase.IDLE)


async def test_night_mode(clock: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appliance.run.parts.Clock", lambda: OnTheWall(21))
    async with a_room_with("Night mode", options={"meetings": ()}) as world:
        by_day = world.hardware.bars["door"].colours
        await world.until(lambda state: state.night)
        await world.until_hardware(lambda: not world.hardware.display.awake)
        assert world.hardware.bars["door"].colours != by_day
        world.simulator.peer(RECEPTION).call()
        await world.until_hardware(lambda: world.hardware.display.awake)


async def test_metrics(clock: object) -> None:
    async with a_room_with("Room metrics") as world, trio.open_nursery() as nursery:
        app = pages_of(world.appliance.parts).app
        (address,) = await nursery.start(serve_web, app, "127.0.0.1:0")
        well = await get(address, "/health")
        assert (well.status, well.json["offline"], well.json["warnings"]) == (200, [], [])
        await talks(world)
        state, after = (await get(address, "/state")).json, (await get(address, "/health")).json
        assert state["phase"] == "in_call"
        assert {"last_end", "presence", "undisturbed", "night"} <= set(state)
        assert after["received"]["events"] > well.json["received"]["events"]
        assert {"replies", "garbage", "odd_values"} <= set(after["received"])
        world.simulator.drop()
        await world.until(lambda state: state.link.phase is not LinkPhase.UP)
        assert (await get(address, "/health")).status == 503
        nursery.cancel_scope.cancel()


def test_every_recipe_is_tried() -> None:
    tried = set(re.findall(r'a_room_with\("([^"]+)"', inspect.getsource(sys.modules[__name__])))
    assert tried == set(RECIPES)


def test_every_recipe_is_right_by_itself() -> None:
    wrong = {}
    for title in RECIPES:
        room, tables = followed(title)
        text = ROOM.format(contact=RECEPTION, room=room, terminal="", web=80) + tables
        _, mistakes = examine(text, None)
        wrong[title] = [str(mistake) for mistake in mistakes]
    assert [lines for lines in wrong.values() if lines] == []
