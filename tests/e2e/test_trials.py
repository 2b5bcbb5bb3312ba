"""Every kind of part is tried in a whole room: it does so, says what it confirmed, and shows the room again."""

import copy
import socket
from functools import partial
from typing import Any

import pytest
import trio

from appliance.maintain.trials import Outcome
from appliance.room.inputs import Drive
from appliance.room.motion import STILL
from appliance.room.state import Phase
from appliance.run.trying.every import trials_of
from appliance.run.trying.moved import MOVES, TERMINALS
from appliance.run.trying.shown import SHOWN
from drivers.errors import DeviceLost
from drivers.tones.sound import KEY_SECONDS, PRESS_SECONDS, RING_SECONDS, Sound
from tests.e2e.world import JOHN, ROOM, World, a_room
from tests.virtual_time import passes

PARTS = (
    ROOM
    + """
[buttons.light]
pin = 16
press = "relay siren on"
held = "relay siren off"
hold = 2
[keypads.keypad.keys]
F1 = "mute"
[relays.siren]
pin = 26
[lights.door]
red = 4
green = 12
blue = 18
[bars.sign]
pixels = 4
brightness = 100
limit = 1000
shows = "room"
[cameras.back]
line = "virtual"
number = 2
model = "evi-d70"
[tones]
"""
).replace("[keypads.keypad.keys]\n{keys}\n", "", 1)


def room() -> Any:  # an asynchronous context
    return a_room(template=PARTS)


async def tried(world: World, part: str, way: str = "") -> Outcome:
    trials = trials_of(world.appliance.parts)
    return await trials.attempt(part, way, "anna", "session", sure=True)


def pan(world: World, camera: str) -> float | None:
    """Where a camera looks, as it has told."""
    if camera == TERMINALS:
        return None if world.state.camera is None else world.state.camera.pan.current_value
    return world.appliance.parts.local_cameras.by_name["back"].service.looks.value.pan


async def confirmed(world: World, part: str, way: str = "") -> None:
    outcome = await tried(world, part, way)
    assert (outcome.became, str(outcome.text)) == ("confirmed", str(outcome.text))


async def test_every_part_can_be_tried_in_its_usual_way(clock: object) -> None:
    async with room() as world:
        parts = world.appliance.parts
        for name, trial in trials_of(parts).known.items():
            if name in {"button call", "button hangup"}:  # they have tests of their own
                continue
            outcome = await tried(world, name)
            assert outcome.became in {"confirmed", "asked"}, (name, str(outcome.text))
            assert str(trial.called)
            await passes(10)
        assert parts.trying._under_way == {}
        assert {entry.what for entry in parts.audit.last()} == {"try"}


async def test_a_lamp_shows_what_is_chosen_and_then_the_room(clock: object) -> None:
    async with room() as world:
        await world.until_hardware(lambda: not world.lamp("link"))
        await confirmed(world, "lamp link", "on")
        assert world.lamp("link")
        await confirmed(world, "lamp link", "off")
        assert not world.lamp("link")
        await confirmed(world, "lamp link", "on")
        await passes(SHOWN - 0.1)
        assert world.lamp("link")
        await passes(0.2)
        assert not world.lamp("link")


async def test_a_lamp_is_tried_during_a_call_and_then_shows_that(clock: object) -> None:
    async with room() as world:
        await confirmed(world, "lamp in_call", "off")
        await world.in_a_call()
        assert not world.lamp("in_call")
        await passes(SHOWN)
        assert world.lamp("in_call")


async def test_a_light_and_a_bar_have_colours(clock: object) -> None:
    async with room() as world:
        await passes(2)
        before = copy.deepcopy(world.hardware.describe())
        await confirmed(world, "light door", "blue")
        assert world.hardware.gpio.lights()["door"] != before["lights"]["door"]
        await confirmed(world, "bar sign", "magenta")
        assert set(world.hardware.bars["sign"].colours) != set(before["bars"]["sign"])
        await passes(SHOWN + 0.1)
        after = world.hardware.describe()
        assert (after["lights"], after["bars"]) == (before["lights"], before["bars"])


async def test_a_pin_that_cannot_be_written_is_told_in_words(clock: object, monkeypatch: pytest.MonkeyPatch) -> None:
    async with room() as world:
        lamp = world.appliance.parts.lamps._lamps._owned["link"][0]
        lamp.failure = DeviceLost("lamp 'link': GPIO19 cannot be driven: Input/output error")
        outcome = await tried(world, "lamp link", "off")
        assert (outcome.became, str(outcome.text)) == (
            "failed",
            "Failed: lamp 'link': GPIO19 cannot be driven: Input/output error",
        )


async def test_a_relay_is_switched_and_is_then_as_it_was(clock: object) -> None:
    async with room() as world:
        for was in (False, True):
            assert world.hardware.gpio.relays()["siren"] is was
            await confirmed(world, "relay siren")
            assert world.hardware.gpio.relays()["siren"] is not was
            await passes(1.1)
            assert world.hardware.gpio.relays()["siren"] is was
            await world.press("light")


async def test_a_relay_that_somebody_switches_meanwhile_stays_so(clock: object) -> None:
    async with room() as world:
        await world.press("light")
        await confirmed(world, "relay siren")
        assert not world.hardware.gpio.relays()["siren"]
        await world.press("light")
        await passes(2)
        assert world.hardware.gpio.relays()["siren"]


async def test_a_button_is_pressed_and_held(clock: object) -> None:
    async with room() as world:
        await confirmed(world, "button light", "press")
        assert world.hardware.gpio.relays()["siren"]
        began = trio.current_time()
        await confirmed(world, "button light", "hold 2")
        assert 2 <= trio.current_time() - began < 3
        assert not world.hardware.gpio.relays()["siren"]
        assert world.state.held == frozenset()


async def test_a_press_that_begins_a_call_is_confirmed_and_nothing_is_tried_in_it(clock: object) -> None:
    async with room() as world:
        await confirmed(world, "button call")
        await world.until_phase(Phase.CALLING)
        assert (await tried(world, "button mute")).text.key == "maintain.in_a_call"
        assert (await tried(world, "lamp link")).became == "confirmed"


async def test_a_press_is_confirmed_when_the_terminal_has(clock: object) -> None:
    async with room() as world:
        await confirmed(world, "button mute")
        assert world.state.mic_muted


async def test_why_a_press_does_nothing_is_told(clock: object) -> None:
    async with room() as world:
        outcome = await tried(world, "button hangup")
        assert (outcome.became, str(outcome.text)) == ("failed", "Failed: There is no call to end")


async def test_a_held_button_is_not_left_down_when_a_call_begins(clock: object) -> None:
    async with room() as world:

        async def call() -> None:
            await passes(1)
            world.simulator.peer(JOHN).call()

        async with trio.open_nursery() as nursery:
            nursery.start_soon(call)
            outcome = await tried(world, "button light", "hold 2")
        assert outcome.text.key == "maintain.try_failed"
        await passes(5)
        assert world.state.held == frozenset()
        assert world.state.presses == {}
        assert world.hardware.gpio.relays()["siren"] is False


async def test_keys_of_a_keypad(clock: object) -> None:
    async with room() as world:
        await confirmed(world, "keypad", "7")
        assert world.state.number == "7"
        await confirmed(world, "keypad", "KEY_F1")
        assert world.state.mic_muted


async def test_the_lamps_of_a_speakerphone(clock: object) -> None:
    async with room() as world:
        phone = world.hardware.speakerphones["speakerphone"]
        before = dict(phone.lamps)
        await confirmed(world, "speakerphone", "mute")
        assert dict(phone.lamps) != before
        await passes(SHOWN + 0.5)
        assert dict(phone.lamps) == before
        phone.unplug()
        await world.until(lambda state: "speakerphone" in state.offline)
        assert (await tried(world, "speakerphone", "mute")).became == "failed"


async def test_tones_by_choice(clock: object) -> None:
    async with room() as world:
        heard = list[float]()
        for way in ("ring", "5", "tick"):
            began, played = trio.current_time(), world.hardware.tones.played
            await confirmed(world, "tones", way)
            heard.append(round(trio.current_time() - began, 2))
            assert world.hardware.tones.played == played + 1
        assert heard == [RING_SECONDS, KEY_SECONDS, PRESS_SECONDS]


async def test_a_sound_that_does_not_end_is_not_called_played(clock: object, monkeypatch: pytest.MonkeyPatch) -> None:
    async with room() as world:

        async def hang(_sound: Sound) -> None:
            await trio.sleep_forever()

        monkeypatch.setattr(world.hardware.tones, "play", hang)
        assert (await tried(world, "tones", "5")).became == "asked"
        await passes(1)
        assert world.appliance.parts.trying._under_way == {}


async def test_the_display_shows_pages_one_after_the_other_and_the_room_again(clock: object) -> None:
    async with room() as world:
        said = world.appliance.parts.said
        await passes(1)
        before = said.all()
        seen = []
        for _ in range(6):
            await confirmed(world, "display", "next")
            seen.append((said.all(), None if said.picture is None else said.picture.tobytes()))
        assert len(set(seen)) == 6
        assert any("offhook" in " ".join(words) for words, _ in seen)
        await passes(SHOWN + 1)
        assert said.all() == before
        await confirmed(world, "display", "lit")
        assert said.picture is not None
        assert said.picture.convert("L").getextrema() == (255, 255)
        await passes(SHOWN + 1)
        assert said.all() == before


@pytest.mark.parametrize("part", ["camera back", TERMINALS])
async def test_a_camera_moves_and_goes_back(clock: object, part: str) -> None:
    async with room() as world:
        await passes(3)  # until it has told where it looks
        looks = partial(pan, world, part)
        before = looks()
        assert before is not None
        await confirmed(world, part, "right")
        assert looks() != before
        await passes(20)
        after = looks()
        assert after == pytest.approx(before, abs=0.01)
        assert (world.state.motion, dict(world.state.local_motion).get("back", STILL)) == (STILL, STILL)


async def test_a_stop_of_the_terminals_camera_comes_before_the_way_back(clock: object) -> None:
    async with room() as world:
        world.forget_sent()
        await confirmed(world, TERMINALS, "left")
        await passes(10)
        asked = world.asked()
        assert asked[:2] == ["ptzLeft", "ptzStop"]
        assert "setPanPos" in asked[2:]


async def test_a_camera_that_somebody_moves_is_left_to_him(clock: object) -> None:
    async with room() as world:
        world.joystick("81 01 06 01 05 05 01 03 FF")
        await world.until_sent("ptzLeft")
        outcome = await tried(world, TERMINALS, "right")
        assert outcome.became == "failed"
        assert "ptzRight" not in world.asked()


async def test_a_camera_that_tells_nothing_is_only_asked_and_that_it_stays_is_said_first(clock: object) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as deaf:
        deaf.bind(("127.0.0.1", 0))
        line = f"udp://127.0.0.1:{deaf.getsockname()[1]}"
        await tell_nothing(PARTS.replace('line = "virtual"', f'line = "{line}"'))


async def tell_nothing(template: str) -> None:
    async with a_room(template=template) as world:
        trials = trials_of(world.appliance.parts)
        said = await trials.attempt("camera back", "left", "anna", "session", sure=False)
        assert (said.became, said.text.key) == ("asks", "maintain.would_move")
        assert (await tried(world, "camera back", "left")).became == "asked"
        await passes(10)
        assert not world.appliance.parts.local_cameras.moves("back")


async def test_whoever_takes_the_camera_meanwhile_keeps_it(clock: object) -> None:
    async with room() as world:
        parts = world.appliance.parts

        async def take() -> None:
            await passes(MOVES / 2)
            parts.controller.put(Drive(pan=1))

        async with trio.open_nursery() as nursery:
            nursery.start_soon(take)
            await tried(world, TERMINALS, "left")
        await passes(10)
        assert world.state.motion == (1, 0, 0)
        assert "setPanPos" not in world.asked()


async def test_a_call_that_begins_stops_the_camera_and_sends_it_back(clock: object) -> None:
    async with room() as world:
        before = world.state.camera
        assert before is not None

        async def call() -> None:
            await passes(MOVES / 2)
            world.simulator.peer(JOHN).call()

        async with trio.open_nursery() as nursery:
            nursery.start_soon(call)
            await tried(world, TERMINALS, "right")
        await passes(20)
        assert world.state.motion == STILL
        assert world.state.camera is not None
        assert world.state.camera.pan.current_value == pytest.approx(before.pan.current_value, abs=1)
