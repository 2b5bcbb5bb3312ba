"""Whatever people, peers and the network do in whatever order: when it is quiet again, the room tells the truth."""

import random
from collections.abc import Callable

import pytest

from appliance.room.parts.link import LinkPhase
from appliance.room.state import Phase
from appliance.simulator.model.common.errors import Impossible
from appliance.simulator.option_types import Generation
from appliance.terminal.messages.enums import AppState, ConferenceType, RejectCause
from tests.e2e.world import ANNA, JOHN, RECEPTION, World, a_room
from tests.virtual_time import passes

PHASES = {
    AppState.OFFLINE: Phase.OFFLINE,
    AppState.CONNECTING: Phase.CONNECTING,
    AppState.LOGIN_NEEDED: Phase.LOGIN_NEEDED,
    AppState.READY: Phase.IDLE,
    AppState.IN_CONFERENCE: Phase.IN_CALL,
}
PEERS = (ANNA, JOHN, RECEPTION)
VISCA = (
    "81 01 06 01 05 05 01 03 FF",
    "81 01 06 01 05 05 02 01 FF",
    "81 01 06 01 05 05 03 03 FF",
    "81 01 04 07 02 FF",
    "81 01 04 07 00 FF",
    "81 01 06 04 FF",
    "88 01 00 01 FF",
    "81 FF 00 12",
)


def happenings(world: World, chance: random.Random) -> list[Callable[[], object]]:
    """What can happen, each equally likely."""
    simulator, hardware = world.simulator, world.hardware
    peer = simulator.peer(chance.choice(PEERS))
    phone, keypad = hardware.speakerphones["speakerphone"], hardware.keypads["keypad"]
    return [
        lambda: hardware.gpio.press(chance.choice(hardware_buttons)),
        lambda: hardware.gpio.release(chance.choice(hardware_buttons)),
        lambda: keypad.key(chance.choice("0123456789*#")),
        lambda: keypad.key(chance.choice(("call", "backspace", "clear"))),
        lambda: phone.hook(off=chance.random() < 0.5),
        phone.mute,
        lambda: phone.volume(chance.choice((-1, 1))),
        lambda: world.joystick(chance.choice(VISCA)),
        peer.call,
        lambda: peer.call(ConferenceType.SYMMETRIC, "Planning"),
        peer.answer,
        peer.answer,
        lambda: peer.reject(chance.choice(list(RejectCause))),
        peer.leave,
        simulator.press_hook_off,
        simulator.press_hang_up,
        simulator.drop,
        lambda: simulator.stall(chance.random() * 8),
        simulator.garbage,
        simulator.restart,
        simulator.lose_server,
        simulator.restore_server,
        keypad.unplug,
        keypad.plug,
        phone.unplug,
        phone.plug,
        hardware.serials["joystick"].unplug,
        hardware.serials["joystick"].plug,
    ]


hardware_buttons = ("call", "hangup", "mute", "left")


async def quiet(world: World) -> None:
    """Everything is plugged in, let go and connected, and has had its time."""
    for button in hardware_buttons:
        world.hardware.gpio.release(button)
    for keypad in world.hardware.keypads.values():
        keypad.plug()
    for phone in world.hardware.speakerphones.values():
        phone.plug()
    world.hardware.serials["joystick"].plug()
    await passes(100)
    if world.simulator.terminal.app_state is AppState.OFFLINE:
        world.simulator.restore_server()
    await passes(70)
    await world.until(lambda state: state.link.phase is LinkPhase.UP and not state.offline)


def lit_for_sure(samples: list[bool]) -> bool | None:
    """On, off, or neither (None), from samples of a lamp over time."""
    return samples[0] if len(set(samples)) == 1 else None


ORDINARY = 6  # days that every run of the tests has; the slow tests have the others
DAYS = [seed if seed < ORDINARY else pytest.param(seed, marks=pytest.mark.slow) for seed in range(20)]


@pytest.mark.generations(Generation.BOTH)  # a third of the days each: they take long
@pytest.mark.parametrize("seed", DAYS)
async def test_after_any_day_the_room_tells_the_truth(clock: object, seed: int) -> None:
    chance = random.Random(seed)
    async with a_room(options={"generation": list(Generation)[seed % 3]}) as world:
        for _ in range(60):
            try:
                chance.choice(happenings(world, chance))()
            except Impossible:
                continue  # the far side cannot do that now
            await passes(chance.choice((0, 0.01, 0.1, 1, 5)))
        await quiet(world)
        await tells_the_truth(world)


async def tells_the_truth(world: World) -> None:
    terminal, state = world.simulator.terminal, world.state
    assert state.phase is PHASES[terminal.app_state]
    assert (state.mic_muted, state.audio_muted, state.video_muted) == (
        terminal.mutes.muted["mic"],
        terminal.mutes.muted["audio"],
        terminal.mutes.muted["video"],
    )
    assert state.volume == terminal.settings.values["audioPlayLevel"]
    assert state.notice is None
    assert state.camera is not None
    places = terminal.camera.describe()
    assert state.camera.pan.current_value == places["pan"]["currentValue"]
    assert state.camera.tilt.current_value == places["tilt"]["currentValue"]
    await passes(3)
    assert terminal.camera.describe() == places  # nobody holds anything: nothing moves
    samples: dict[str, list[bool]] = {name: [] for name in world.hardware.gpio.lamps()}
    for _ in range(20):
        await passes(0.13)
        for name, lit in world.hardware.gpio.lamps().items():
            samples[name].append(lit)
    assert lit_for_sure(samples["in_call"]) is (terminal.app_state is AppState.IN_CONFERENCE)
    assert lit_for_sure(samples["muted"]) is terminal.mutes.muted["mic"]
    assert lit_for_sure(samples["link"]) is False
    lamps = world.hardware.speakerphones["speakerphone"].lamps
    assert lamps["mute"] is terminal.mutes.muted["mic"]
    assert lamps["off_hook"] is (terminal.app_state is AppState.IN_CONFERENCE)
