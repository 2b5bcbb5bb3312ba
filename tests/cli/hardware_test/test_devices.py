"""Steps about devices, on the virtual ones."""

import itertools
import math
from collections.abc import Callable
from typing import Any

import pytest
import trio
from gpiozero.pins.mock import MockConnectedPin, MockFactory
from trio.testing import MockClock

from appliance.cli.hardware_test.bench import Bench, Hardware, Jumper, Options
from appliance.cli.hardware_test.steps.devices import display as display_step
from appliance.cli.hardware_test.steps.devices.buttons import buttons
from appliance.cli.hardware_test.steps.devices.display import FRAMES, display, pattern
from appliance.cli.hardware_test.steps.devices.keypad import keypad
from appliance.cli.hardware_test.steps.devices.lamps import lamps
from appliance.cli.hardware_test.steps.devices.speakerphone import speakerphone
from drivers.gpio.fake import VirtualGpio
from drivers.keypad.fake import VirtualKeypad
from drivers.oled.config import OledConfig
from drivers.oled.fake import VirtualOled
from drivers.speakerphone.fake import VirtualSpeakerphone
from tests.cli.hardware_test.benches import Answers, bench, figures

LAMPS = "[lamps.ringing]\npin = 5\n[lamps.muted]\npin = 6\nactive_high = false\n"
LIGHT = '[lights.door]\nred = 9\ngreen = 10\nblue = 11\nshows = "door"\n'
BUTTONS = '[buttons.call]\npin = 17\npress = "call"\n[buttons.mute]\npin = 22\npress = "mute"\n'
KEYPAD = "[keypads.desk]\n"
PHONE = "[speakerphones.table]\n"
DISPLAY = "[display]\n"
UNATTENDED = Options(attended=False)


class Watching(Answers):
    """A person who looks, and does something, when something is said."""

    def __init__(self, *answers: str, does: Callable[[str], object]) -> None:
        super().__init__(*answers)
        self._does = does

    def say(self, text: str) -> None:
        super().say(text)
        self._does(text)


def watched(made: Bench, *answers: str, does: Callable[[str], object]) -> Bench:
    made._person = Watching(*answers, does=does)  # a test's own
    return made


async def test_each_lamp_is_lit_while_it_is_asked_for_and_dark_in_the_end() -> None:
    factory = MockFactory()
    lit: list[tuple[str, bool, bool]] = []

    def look(text: str) -> None:
        ringing, muted = (bool(factory.pin(name).state) for name in ("GPIO5", "GPIO6"))
        lit.append((text.split(maxsplit=1)[0], ringing, muted))

    hardware = Hardware(pins=lambda _config: factory)
    finding = await lamps(watched(bench(config=LAMPS, hardware=hardware), "y", "n", does=look))
    assert lit == [("ringing", True, False), ("muted", False, False)]  # the second is lit by a low level
    assert figures(finding) == {"lamp_lit ringing": 1, "lamp_lit muted": 0}
    assert finding.outcome == "failed"
    assert [factory.pin(name).function for name in ("GPIO5", "GPIO6")] == ["input", "input"]


async def test_a_light_has_three_lamps() -> None:
    finding = await lamps(bench("y", "y", "", config=LIGHT, hardware=Hardware(pins=lambda _config: MockFactory())))
    assert figures(finding) == {"lamp_lit door red": 1, "lamp_lit door green": 1}
    assert str(finding.why) == "Nobody was sure of door blue."


@pytest.mark.parametrize(("connected", "lit"), [(True, 1), (False, 0)])
async def test_a_jumper_reads_a_lamp_back(*, connected: bool, lit: int, autojump_clock: MockClock) -> None:
    factory = MockFactory()
    options = Options(attended=False, jumpers=(Jumper("GPIO5", "GPIO26"), Jumper("GPIO6", "GPIO20")))
    for out, into in (("GPIO5", "GPIO26"), ("GPIO6", "GPIO20")) if connected else ():
        factory.pin(out, pin_class=MockConnectedPin, input_pin=factory.pin(into))
    finding = await lamps(bench(config=LAMPS, options=options, hardware=Hardware(pins=lambda _config: factory)))
    assert figures(finding) == {"lamp_lit ringing": lit, "lamp_lit muted": lit}


async def test_a_lamp_that_was_interrupted_is_dark() -> None:
    factory = MockFactory()
    made = bench(config=LAMPS, hardware=Hardware(pins=lambda _config: factory))
    with trio.CancelScope() as scope:
        await lamps(watched(made, does=lambda _text: scope.cancel()))
    assert scope.cancelled_caught
    assert factory.pin("GPIO5").function == "input"


async def test_nobody_there_to_look_at_lamps() -> None:
    finding = await lamps(bench(config=LAMPS, options=UNATTENDED))
    assert (finding.outcome, finding.why.key) == ("skipped", "hwtest.needs_person")


async def test_the_display_is_measured_and_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display_step, "SLOWEST", 1e6)  # this machine may be busy
    glass = VirtualOled()
    seen: list[bytes] = []
    hardware = Hardware(oled=glass._power_up, in_thread=False)  # as its own `open` does
    made = bench(config=DISPLAY, hardware=hardware)
    finding = await display(watched(made, "y", does=lambda _text: seen.append(glass.png(1))))
    assert finding.outcome == "passed"
    assert figures(finding)["frame_errors"] == 0
    assert len(seen) == 1
    assert seen[0] != glass.png(1), "the pattern is still there"


async def test_what_nobody_saw_is_only_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display_step, "SLOWEST", 1e6)  # as above
    hardware = Hardware(oled=VirtualOled()._power_up, in_thread=False)  # as above
    finding = await display(bench(config=DISPLAY, options=UNATTENDED, hardware=hardware))
    assert (finding.outcome, finding.why.key) == ("passed", "hwtest.nobody_looked")


def test_a_display_that_shows_something_else_or_refuses_pictures_fails() -> None:
    times = [0.03] * FRAMES
    assert display_step.finding(times, 0, seen=False).outcome == "failed"
    assert display_step.finding(times, 1, seen=True).outcome == "failed"
    assert display_step.finding([0.4] * FRAMES, 0, seen=True).outcome == "failed"
    assert display_step.finding([], 20, seen=None).outcome == "failed"
    assert display_step.finding(times, 0, seen=True).outcome == "passed"


@pytest.mark.parametrize("driver", ["ssd1306", "ssd1327"])
def test_the_pattern_and_its_opposite_differ_everywhere_but_in_the_frame(driver: Any) -> None:
    config = OledConfig(driver=driver)
    one, other = (pattern(config, inverted=inverted).convert("1") for inverted in (False, True))
    for column in range(1, config.width - 1):
        for row in range(1, config.height - 1):
            assert one.getpixel((column, row)) != other.getpixel((column, row))
    assert one.getpixel((0, 0)) == other.getpixel((0, 0)) == 255


async def test_every_button_is_asked_for_and_its_bounce_is_measured(
    autojump_clock: MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = bench(config=BUTTONS)
    assert made.config is not None
    gpio = VirtualGpio(made.config.push_buttons(), {})
    ticks = itertools.count()
    # an edge each millisecond, however busy this machine is
    monkeypatch.setattr("gpiozero.pins.mock.monotonic", lambda: next(ticks) / 1000)
    made.hardware = Hardware(pins=lambda _config: gpio.factory)

    def press(text: str) -> None:
        if text == "Press call now.":
            trio.lowlevel.current_trio_token().run_sync_soon(bounce)

    def bounce() -> None:
        for _ in range(3):
            gpio.press("call")
            gpio.release("call")
        gpio.press("call")

    finding = await buttons(watched(made, "", does=press))
    said = figures(finding)
    assert (said["button_seen call"], said["button_edges call"], said["button_seen mute"]) == (1, 7, 0)
    assert said["button_bounce call"] == pytest.approx(6)
    assert "Press seen (mute): 0 (≥ 1)" in str(finding.why)


@pytest.mark.parametrize(
    ("typed", "outcome"), [("1234567890", "passed"), ("12234567890", "failed"), ("123456789", "failed")]
)
async def test_every_digit_arrives_once(typed: str, outcome: str, autojump_clock: MockClock) -> None:
    pad = VirtualKeypad()

    def type_it(text: str) -> None:
        if "Type on desk" in text:
            for symbol in typed:
                pad.key(symbol)

    made = bench(config=KEYPAD, hardware=Hardware(keypad=pad.open))
    assert (await keypad(watched(made, "", does=type_it))).outcome == outcome


async def test_the_keys_of_a_speakerphone_and_its_lamp(autojump_clock: MockClock) -> None:
    phone = VirtualSpeakerphone()
    rang: list[bool] = []

    def do(text: str) -> None:
        acts: dict[str, Callable[[], object]] = {
            "Press the key that starts": lambda: phone.hook(True),
            "Press mute": phone.mute,
            "Press the key that ends": lambda: phone.hook(False),
            "Does the": lambda: rang.append(phone.lamps["ring"]),
        }
        for start, act in acts.items():
            if text.startswith(start):
                act()

    made = bench(config=PHONE, hardware=Hardware(speakerphone=phone.open))
    finding = await speakerphone(watched(made, "", "y", does=do))
    assert figures(finding) == {
        "phone_call table": 1,
        "phone_mute table": 1,
        "phone_end table": 1,
        "ring_lamp table": 1,
    }
    assert not any(phone.lamps.values()), "a lamp is still lit"


async def test_keys_that_say_nothing_are_named(autojump_clock: MockClock) -> None:
    made = bench("", config=PHONE, hardware=Hardware(speakerphone=VirtualSpeakerphone().open))
    finding = await speakerphone(made)
    assert finding.outcome == "failed"
    assert "lift the handset (table): 0" in str(finding.why)
    assert autojump_clock.current_time() < math.inf


@pytest.mark.parametrize("step", [lamps, display, buttons, keypad, speakerphone])
async def test_what_the_room_does_not_have_is_skipped(step: Callable[[Bench], Any]) -> None:
    finding = await step(bench())
    assert (finding.outcome, finding.why.key) == ("skipped", "hwtest.none_configured")
