"""What each metric means, end to end: something happens to a real room, and a scrape says so."""

import functools
import importlib.metadata
import resource
import shutil
import subprocess
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
import trio

from appliance.fleet.box import Box
from appliance.fleet.metrics import declared
from appliance.fleet.metrics.readings import FAILURES
from appliance.room import actions
from appliance.room.inputs import Touched
from appliance.room.local_events.meetings import CalendarIs
from appliance.room.meetings.calendar import Calendar
from appliance.room.parts.link import LinkPhase
from appliance.room.state import Phase
from appliance.services.programs.metrics import MetricsService
from appliance.simulator.option_types import Generation
from appliance.terminal.messages.enums import EvictionCause
from tests.e2e.test_encoder import turn
from tests.e2e.world import ANNA, JOHN, RECEPTION, World
from tests.fleet.metrics.scraping import Answer, a_scraped_room
from tests.virtual_time import passes

Doing = Callable[[World], Awaitable[None] | None]
PROMTOOL = shutil.which("promtool")
OUTPUTS = """
[relays.lights]
pin = 16
[screens.wall]
kind = "samsung"
line = "virtual"
[buttons.screen]
pin = 14
press = "screen wall"
[buttons.light]
pin = 15
press = "relay lights"
[encoders.volume]
a = 20
b = 21
[readers.badge]
device = "RFID"
other = "none"
"""


async def test_an_idle_room(clock: object) -> None:
    async with a_scraped_room(options={"generation": Generation.NEW}) as scraped:
        page = await scraped.scrape()
        assert page.status == 200
        assert page.headers["content-type"].startswith("text/plain; version=0.0.4")
        version = importlib.metadata.version("offhook")
        assert page.value("offhook_build_info", version=version) == 1
        assert page.value("offhook_start_info", reason="unknown") == 1
        assert page.value("offhook_link_up") == 1
        assert [page.value("offhook_link_state", state=each) for each in LinkPhase] == [0, 0, 0, 0, 1]
        assert page.value("offhook_link_connects_total") == 1
        assert page.value("offhook_in_call") == 0
        assert page.value("offhook_terminal_info", generation="newer") == 1
        assert page.value("offhook_terminal_sleeping") is None, "nobody has asked for it"
        assert page.value("offhook_lamps") == 4
        assert page.value("offhook_lamps_unknown") == 0
        assert page.value("offhook_outputs_unknown") == 0
        assert page.value("offhook_queue_overflows_total", queue="commands") == 0
        assert page.value("offhook_press_to_wire_seconds_count") == 0
        assert [page.value("offhook_commands_failed_total", reason=each) for each in FAILURES] == [0] * 4
        assert page.value("offhook_devices", kind="keypad") == page.value("offhook_devices_present", kind="keypad") == 1
        assert page.value("offhook_devices", kind="reader") is None
        assert page.value("offhook_service_ready", service="metrics") == 1


async def test_the_firmware_and_the_machine(clock: object) -> None:
    async with a_scraped_room() as scraped:
        before = await scraped.scrape()
        await passes(100)
        page = await scraped.scrape()
        grown = _more(before, page, "offhook_uptime_seconds")
        assert grown == pytest.approx(_more(before, page, "offhook_link_state_seconds"), abs=0.01)
        assert grown == pytest.approx(_more(before, page, "offhook_service_state_seconds", service="link"), abs=0.01)
        assert 105 <= grown < 120
        disk = shutil.disk_usage("/")
        assert page.value("offhook_host_disk_size_bytes") == disk.total
        assert page.value("offhook_host_disk_free_bytes") == pytest.approx(disk.free, rel=0.2)
        assert page.value("offhook_host_disk_read_only") == 0
        uptime = await trio.to_thread.run_sync(_uptime)
        assert page.value("offhook_host_uptime_seconds") == pytest.approx(uptime, abs=60)
        resident = page.value("offhook_process_resident_memory_bytes")
        assert resident is not None
        assert 20e6 < resident < 1e9
        assert all(page.value(each.scraped) is not None for each in declared.PROCESS)


@pytest.mark.parametrize(
    ("press", "control", "presses"),
    [
        (lambda world: world.press("mute"), "button", 1),
        (lambda world: world.press("left"), "button", 1),
        (lambda world: world.type("12*"), "keypad", 3),
        (lambda world: world.hardware.speakerphones["speakerphone"].hook(off=True), "speakerphone", 1),
        (lambda world: world.hardware.speakerphones["speakerphone"].mute(), "speakerphone", 1),
        (lambda world: turn(world, clockwise=True), "encoder", 1),
        (lambda world: world.appliance.parts.controller.put(Touched(actions.Mute("mic", on=True))), "page", 1),
        (lambda world: world.joystick("8101060118180301FF"), "joystick", 0),
    ],
)
async def test_a_press_counts_once(clock: object, press: Doing, control: str, presses: int) -> None:
    async with a_scraped_room(OUTPUTS) as scraped:
        if (pressing := press(scraped.world)) is not None:
            await pressing
        await passes(2)
        found = {
            dict(labels)["control"]: value
            for (name, labels), value in (await scraped.scrape()).values().items()
            if name == "offhook_presses_total"
        }
        assert found == ({control: presses} if presses else {})


async def test_how_long_a_press_takes_to_the_wire(clock: object) -> None:
    async with a_scraped_room() as scraped:
        await scraped.world.press("mute")
        await scraped.world.until_sent("setMicMute")
        await scraped.world.press("call")
        await scraped.world.until_sent("call")
        scraped.world.type("5")  # goes to nobody
        page = await scraped.scrape()
        assert page.value("offhook_press_to_wire_seconds_count") == 2
        assert page.value("offhook_press_to_wire_seconds_bucket", le="5.0") == 2
        assert page.value("offhook_press_to_wire_seconds_bucket", le="+Inf") == 2


async def answered_out(world: World) -> None:
    await world.in_a_call()
    world.simulator.peer(RECEPTION).leave()


async def answered_in(world: World) -> None:
    world.simulator.peer(ANNA).call()
    await world.until_phase(Phase.RINGING)
    await world.press("call")
    await world.until_phase(Phase.IN_CALL)
    await world.press("hangup")


async def refused(world: World) -> None:
    await _calling(world)
    world.simulator.peer(RECEPTION).reject()


async def cancelled(world: World) -> None:
    await _calling(world)
    await world.press("hangup")


async def missed(world: World) -> None:
    world.simulator.peer(JOHN).call()
    await world.until_phase(Phase.RINGING)
    world.simulator.peer(JOHN).leave()


async def declined(world: World) -> None:
    world.simulator.peer(JOHN).call()
    await world.until_phase(Phase.RINGING)
    await world.press("hangup")


async def _calling(world: World) -> None:
    await world.press("call")
    await world.until_phase(Phase.CALLING)


@pytest.mark.parametrize(
    ("happens", "direction", "outcome"),
    [
        (answered_out, "out", "answered"),
        (answered_in, "in", "answered"),
        (refused, "out", "refused"),
        (cancelled, "out", "cancelled"),
        (missed, "in", "missed"),
        (declined, "in", "declined"),
    ],
)
async def test_what_comes_of_a_call(
    clock: object, happens: Callable[[World], Awaitable[None]], direction: str, outcome: str
) -> None:
    async with a_scraped_room() as scraped:
        await happens(scraped.world)
        await scraped.world.until_phase(Phase.IDLE)
        assert _calls(await scraped.scrape()) == {(direction, outcome): 1}


async def test_a_call_that_outlives_the_link_counts_once(clock: object) -> None:
    async with a_scraped_room() as scraped:
        world = scraped.world
        await world.in_a_call()
        world.simulator.drop()
        await world.until(lambda state: state.link.phase is not LinkPhase.UP)
        await world.until_phase(Phase.IN_CALL)
        page = await scraped.scrape()
        assert _calls(page) == {}
        assert page.value("offhook_in_call") == 1
        await world.press("hangup")
        await world.until_phase(Phase.IDLE)
        assert _calls(await scraped.scrape()) == {("out", "answered"): 1}


async def test_a_link_that_is_lost_and_back(clock: object) -> None:
    async with a_scraped_room() as scraped:
        scraped.world.simulator.stall(10)
        scraped.world.simulator.drop()
        await scraped.world.until(lambda state: state.link.phase is LinkPhase.DOWN)
        page = await scraped.scrape()
        assert page.value("offhook_link_up") == page.value("offhook_link_state", state="up") == 0
        assert page.value("offhook_link_state", state="down") == 1
        assert page.value("offhook_link_losses_total", cause="broke") == 1
        assert page.value("offhook_lamps_unknown") == 3
        assert page.value("offhook_terminal_info", generation="newer") is None
        age = page.value("offhook_link_state_seconds")
        assert age is not None
        assert 5 <= age < 10
        await scraped.world.until(lambda state: state.link.phase is LinkPhase.UP)
        page = await scraped.scrape()
        assert page.value("offhook_link_up") == 1
        assert page.value("offhook_link_connects_total") == 2


async def test_another_controller_takes_over(clock: object) -> None:
    async with a_scraped_room() as scraped:
        scraped.world.simulator.evict("admin", EvictionCause.TAKEN_OVER)
        await scraped.world.until(lambda state: state.link.phase is LinkPhase.EVICTED)
        page = await scraped.scrape()
        assert page.value("offhook_link_state", state="evicted") == 1
        assert page.value("offhook_link_losses_total", cause="taken_over") == 1


async def test_a_terminal_that_refuses_us_is_no_loss(clock: object) -> None:
    async with a_scraped_room(terminal='pin = "AAA"', options={"pin": "FA6"}, up=False) as scraped:
        await scraped.world.until(lambda state: state.link.phase is LinkPhase.REFUSED)
        page = await scraped.scrape()
        assert page.value("offhook_link_state", state="refused") == 1
        assert page.value("offhook_link_connects_total") == 0
        assert not [name for name, _ in page.values() if name == "offhook_link_losses_total"]


async def test_what_a_terminal_says_and_what_of_it_is_left_out(clock: object) -> None:
    async with a_scraped_room() as scraped:
        before = await scraped.scrape()
        simulator = scraped.world.simulator
        simulator.send_raw("nonsense")
        simulator.send_raw('{"requestId":"never","method":"call","result":true}')
        simulator.send_raw('{"event":"abReceivedAfterLogin","abook":[{"peerDn":"nobody"}],"method":"event"}')
        simulator.peer(ANNA).call()
        await scraped.world.until_phase(Phase.RINGING)
        page = await scraped.scrape()
        reasons = ("garbage", "odd_reply", "odd_value")
        dropped = [_more(before, page, "offhook_terminal_reports_dropped_total", reason=each) for each in reasons]
        assert dropped == [1, 1, 1]
        assert _more(before, page, "offhook_terminal_messages_total", kind="event") >= 2
        assert _more(before, page, "offhook_terminal_messages_total", kind="reply") >= 1


async def test_a_command_that_the_terminal_refuses(clock: object) -> None:
    async with a_scraped_room() as scraped:
        with scraped.world.simulator.changing() as terminal:
            terminal.accounts.forget(next(iter(terminal.accounts.holders.values())))
        await scraped.world.press("mute")
        await scraped.world.until(lambda state: state.notice is not None)
        assert await scraped.value("offhook_commands_failed_total", reason="refused") == 1


async def test_a_press_without_an_answer(clock: object) -> None:
    async with a_scraped_room() as scraped:
        scraped.world.simulator.stall(60)
        await scraped.world.press("mute")
        await scraped.world.until(lambda state: state.link.phase is LinkPhase.DOWN)
        page = await scraped.scrape()
        failed = {each: page.value("offhook_commands_failed_total", reason=each) for each in FAILURES}
        assert failed == {"refused": 0, "no_answer": 1, "link_lost": 0, "busy": 0}


async def test_a_press_whose_answer_the_link_takes_along(clock: object) -> None:
    async with a_scraped_room() as scraped:
        scraped.world.simulator.stall(60)
        await scraped.world.press("mute")
        scraped.world.simulator.drop()
        await scraped.world.until(lambda state: state.link.phase is LinkPhase.DOWN)
        assert await scraped.value("offhook_commands_failed_total", reason="link_lost") == 1


async def test_a_terminal_that_sleeps(clock: object) -> None:
    options = {"generation": Generation.NEW}
    async with a_scraped_room("[automations]\nwake_on_touch = true\n", options=options) as scraped:
        await scraped.world.until(lambda state: state.sleeping is False)
        assert await scraped.value("offhook_terminal_sleeping") == 0
        with scraped.world.simulator.changing() as terminal:
            terminal.sleep.set(enabled=True)
        await scraped.world.until(lambda state: state.sleeping is True)
        assert await scraped.value("offhook_terminal_sleeping") == 1


async def test_a_device_that_is_unplugged(clock: object) -> None:
    async with a_scraped_room() as scraped:
        world = scraped.world
        world.hardware.keypads["keypad"].unplug()
        await world.until(lambda state: "keypad" in state.offline)
        page = await scraped.scrape()
        assert page.value("offhook_service_ready", service="keypad") == 0
        assert page.value("offhook_service_failures_total", service="keypad") == 1
        assert page.value("offhook_devices", kind="keypad") == 1
        assert page.value("offhook_devices_present", kind="keypad") == 0
        assert page.value("offhook_devices_present", kind="speakerphone") == 1
        world.hardware.keypads["keypad"].plug()
        await world.until(lambda state: "keypad" not in state.offline)
        page = await scraped.scrape()
        assert page.value("offhook_service_ready", service="keypad") == 1
        assert page.value("offhook_devices_present", kind="keypad") == 1


async def test_what_the_box_switches(clock: object) -> None:
    async with a_scraped_room(OUTPUTS) as scraped:
        world = scraped.world
        await world.press("light")
        await world.press("screen")
        await world.until(lambda state: state.outputs.get("screen wall") is True)
        page = await scraped.scrape()
        assert page.value("offhook_output_on", output="relay lights") == 1
        assert page.value("offhook_output_on", output="screen wall") == 1
        world.hardware.screens["wall"].deaf = True
        await world.press("screen")
        await world.until(lambda state: state.outputs.get("screen wall") is None)
        page = await scraped.scrape()
        assert page.value("offhook_output_on", output="screen wall") is None
        assert page.value("offhook_outputs_unknown") == 1


@pytest.mark.skipif(PROMTOOL is None, reason="promtool is not installed")
async def test_prometheus_finds_nothing_wrong_with_the_page(clock: object) -> None:
    async with a_scraped_room(OUTPUTS) as scraped:
        await answered_in(scraped.world)
        page = await scraped.scrape()
        told = await trio.to_thread.run_sync(
            lambda: subprocess.run([str(PROMTOOL), "check", "metrics"], input=page.text, capture_output=True, text=True)
        )
        assert (told.returncode, told.stdout, told.stderr) == (0, "", "")


async def test_when_the_calendar_was_read(clock: object) -> None:
    async with a_scraped_room() as scraped:
        assert await scraped.value("offhook_calendar_read_timestamp_seconds") is None
        scraped.world.appliance.store.apply(CalendarIs(Calendar(entries=(), at=1_795_780_800.5)))
        assert await scraped.value("offhook_calendar_read_timestamp_seconds") == 1_795_780_800.5


async def test_what_the_machine_says_of_itself(clock: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Pi that is hot and has too weak a supply: this machine has none of it."""
    box = Box(uptime=7.0, temperature=81.5, throttled=True, under_voltage=False, synchronised=True, disk=None)
    service = functools.partial(MetricsService, box=lambda _folder: box)
    monkeypatch.setattr("appliance.services.programs.metrics.MetricsService", service)
    async with a_scraped_room() as scraped:
        page = await scraped.scrape()
        assert page.value("offhook_host_uptime_seconds") == 7
        assert page.value("offhook_host_temperature_celsius") == 81.5
        assert page.value("offhook_host_throttled") == 1
        assert page.value("offhook_host_under_voltage") == 0
        assert page.value("offhook_host_clock_synchronised") == 1
        assert page.value("offhook_host_disk_size_bytes") is None


async def test_what_the_process_says_of_itself(clock: object) -> None:
    """As the kernel has it, but for what changes between the two looks."""
    async with a_scraped_room() as scraped:
        page = await scraped.scrape()
        began, now = page.value("offhook_process_start_time_seconds"), time.time()
        assert began is not None
        assert 0 < now - began < _uptime()
        assert page.value("offhook_process_max_fds") == resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        spent = page.value("offhook_process_cpu_seconds_total")
        assert spent is not None
        assert 0 < spent <= time.process_time()
        for name, least in (("open_fds", 3), ("virtual_memory_bytes", 10e6), ("resident_memory_bytes", 10e6)):
            assert (page.value(f"offhook_process_{name}") or 0) > least


async def test_nobody_is_named(clock: object) -> None:
    async with a_scraped_room() as scraped:
        await answered_in(scraped.world)
        await refused(scraped.world)
        await scraped.world.until_phase(Phase.IDLE)
        text = "".join(map(_without_value, (await scraped.scrape()).text.splitlines()))
        for who in (ANNA, JOHN, RECEPTION):
            assert who.partition("@")[0] not in text
        assert "Анна" not in text
        assert "127.0.0.1" not in text


def _without_value(line: str) -> str:
    """A figure's name and labels: its value is a number, in which that of a conference may well be."""
    return line if line.startswith("#") else line.rpartition(" ")[0]


def _uptime() -> float:
    return float(Path("/proc/uptime").read_text().split()[0])


def _more(before: Answer, after: Answer, name: str, **labels: str) -> float:
    first, last = before.value(name, **labels), after.value(name, **labels)
    assert last is not None
    return last - (first or 0)


def _calls(page: Answer) -> dict[tuple[str, str], float]:
    return {
        (dict(labels)["direction"], dict(labels)["outcome"]): value
        for (name, labels), value in page.values().items()
        if name == "offhook_calls_total"
    }
