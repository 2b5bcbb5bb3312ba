"""Plays a script of chaos, and asserts what must hold at every step and at every moment of quiet."""

import random
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import trio
from trio.testing import MockClock

from appliance.display.burnin import glass
from appliance.display.draw import compose
from appliance.display.view import View
from appliance.room.parts.link import LinkPhase
from appliance.room.state import Phase
from appliance.services.link.controller import CAMERA_ANSWER
from appliance.services.outputs.display import DisplayService
from appliance.simulator.model.common.errors import Impossible, Refused
from appliance.simulator.options import CONTACTS, SimulatorOptions
from appliance.terminal.messages.enums import AppState
from tests.e2e.campaign.play import KEYS, ON_ITS_WAY, OWNER, READER, TAKEOVER, Failure, Player, agree, generation_of
from tests.e2e.campaign.script import Script, Step
from tests.e2e.chaos.box import Box, a_box
from tests.e2e.world import RECEPTION
from tests.virtual_time import real

FRAMES = {
    "left": "81 01 06 01 05 05 01 03 FF",
    "right": "81 01 06 01 05 05 02 03 FF",
    "up": "81 01 06 01 05 05 03 01 FF",
    "in": "81 01 04 07 02 FF",
}
STOPS = ("81 01 06 01 05 05 03 03 FF", "81 01 04 07 00 FF")
MOVES = frozenset({"ptzLeft", "ptzRight", "ptzUp", "ptzDown", "ptzZoomInc", "ptzZoomDec", "ptzStop"})
HANG_UP_WITHIN = 5.0  # seconds
STOPS_WITHIN = CAMERA_ANSWER  # seconds from the end of a movement's input to a camera that stands
KEEP_BEFORE = frozenset({"quiet", "same as before", "sure press", "stops in time", "box restarts", "box dies"})
"""Steps after which the room is as it was when it was quiet; some note anew how that is."""
OWN_ASSERTIONS = frozenset({"sure press", "hang up in time", "stops in time"})
"""Steps that say themselves what may be sent."""
SPARE = 8  # tasks and descriptors of a connection that is just being made, or of a page that is asked for
SAMPLES = 20  # looks at a lamp, over two and a half seconds: the slowest pattern has changed by then


def play(script: Script, seed: int = 0) -> Failure | None:
    """Plays a script from the beginning; returns what the room got wrong, if anything."""
    return trio.run(_play, script, seed, clock=MockClock(autojump_threshold=real(ON_ITS_WAY)))


async def _play(script: Script, seed: int) -> Failure | None:
    options = SimulatorOptions(control_port=None, generation=generation_of(seed), contacts=(*CONTACTS, OWNER))
    async with a_box(options, terminal=f"{TAKEOVER}\n{READER}", keys=KEYS) as box:
        await box.world.until(lambda state: state.link.phase is LinkPhase.UP)
        return await Chaos(box, random.Random(seed)).play(script)


class Chaos(Player):
    """One room under a script, with devices and a box that fail."""

    def __init__(self, box: Box, chance: random.Random) -> None:
        super().__init__(box.world)
        self._box = box
        self._chance = chance
        self._lever = False  # was moved since the last quiet
        self._least: tuple[int, int] | None = None  # tasks and descriptors

    async def do(self, step: Step) -> None:
        """Does a step of the campaign, or one of its own."""
        own = VERBS.get(step.verb)
        if own is None:
            await super().do(step)
            return
        self.posted.clear()
        if step.verb not in KEEP_BEFORE:
            self.before = None
        if step.verb == "same as before":
            self.under_way = 0
        with suppress(Impossible, Refused):
            await own(self, *step.about)
        await trio.sleep(step.wait)
        self._nothing_unasked(step)

    def _nothing_unasked(self, step: Step) -> None:
        """As in the campaign; movements of the camera wait for each other, and stop with the joystick."""
        if self._lever or step.verb == "quiet":  # which lets go of the lever
            self.posted = [command for command in self.posted if command.method not in MOVES]
        if step.verb in OWN_ASSERTIONS:
            return
        super()._nothing_unasked(step)

    # devices and the box

    def _device(self, name: str) -> Any:
        hardware = self.hardware
        return {**hardware.keypads, **hardware.speakerphones, **hardware.serials}[name]

    async def unplug(self, name: str) -> None:
        self._device(name).unplug()

    async def plug(self, name: str) -> None:
        self._device(name).plug()

    async def glass_works(self, works: bool) -> None:  # an argument of a script
        device = self.hardware.display._glass
        if works:
            device.__dict__.pop("display", None)
        else:
            setattr(device, "display", _broken)  # noqa: B010  # in place of its method

    async def box_restarts(self) -> None:
        await self._restart(dies=False)

    async def box_dies(self) -> None:
        await self._restart(dies=True)

    async def _restart(self, *, dies: bool) -> None:
        await self._box.restart(dies=dies)
        self.world.appliance.parts.link._rng = self._chance
        self._tap()

    # inputs

    async def redial(self) -> None:
        """As in the campaign, with a keypad that is there."""
        if self.hardware.keypads["keypad"].plugged and "keypad" not in self.world.state.offline:
            await super().redial()

    async def lever(self, direction: str) -> None:
        self._lever = True
        self.world.joystick(FRAMES[direction])
        await trio.sleep(2 * CAMERA_ANSWER)

    async def let_go(self) -> None:
        self._lever = True
        for frame in STOPS:
            self.world.joystick(frame)
        await trio.sleep(2 * CAMERA_ANSWER)

    async def sure_press(self) -> None:
        """In quiet and with a link, one press is one command, and what the terminal confirms is shown."""
        if self.world.state.phase is not Phase.IDLE:
            return
        for _ in range(2):
            muted = self.simulator.terminal.mutes.muted["mic"]
            self.posted.clear()
            await self.press("mute")
            await trio.sleep(2.0)
            agree("what a press on mute sends", [command.method for command in self.posted], ["setMicMute"])
            agree("the microphone after a press", self.world.state.mic_muted, not muted)
            agree("the terminal's microphone", self.simulator.terminal.mutes.muted["mic"], not muted)
        self.before = self.world.state

    async def stops_in_time(self, how: str) -> None:
        """With a link, the camera stands soon after the lever is let go, or nobody is left to let it go.

        A moment of quiet would be too late to look: in nine seconds each axis is at its end, and stands anyhow.
        """
        if self.world.state.link.phase is not LinkPhase.UP:
            return
        pan = self.simulator.terminal.camera.axes["pan"]
        with self.simulator.changing() as terminal:
            terminal.camera.place("pan", pan.low)
        await trio.sleep((pan.high - pan.low) / pan.speed + 1)
        self._lever = True
        self.world.joystick(FRAMES["right"])
        await trio.sleep(0.5)
        begun = self._pan()
        assert begun > pan.low, "the camera does not follow the lever"
        await ENDS[how](self)
        await trio.sleep(STOPS_WITHIN)
        ran_on = (self._pan() - begun) / pan.speed
        assert ran_on < STOPS_WITHIN, f"the camera ran on for {ran_on:.1f} s after {how!r}"
        self._device("joystick").plug()
        await self.let_go()
        await self._known()
        self.before = self.world.state

    def _pan(self) -> float:
        return self.simulator.terminal.camera.positions()["pan"]

    async def hang_up_in_time(self) -> None:
        """With a link that is up and sound, a call ends within five seconds of the press."""
        if self.world.state.link.phase is not LinkPhase.UP or self.world.state.phase is not Phase.CALLING:
            return
        with suppress(Impossible):
            self.simulator.peer(RECEPTION).answer()
        await trio.sleep(1.0)
        self.hardware.gpio.press("hangup")
        await trio.sleep(HANG_UP_WITHIN)
        self.hardware.gpio.release("hangup")
        agree("the terminal after a hang-up", self.simulator.terminal.app_state, AppState.READY)
        agree("hang-ups for one press", Counter(each.method for each in self.posted)["hangUp"], 1)

    # quiet

    async def quiet(self) -> None:
        await self._whole_again()
        await super().quiet()
        await self._shows_the_truth()
        self.before = self.world.state

    async def same_as_before(self) -> None:
        """The speakerphone and all others were there before, too."""
        await super().same_as_before()
        await self._shows_the_truth()

    async def _whole_again(self) -> None:
        for name in ("keypad", "speakerphone", "joystick"):
            self._device(name).plug()
        await self.glass_works(works=True)
        await trio.sleep(1.0)
        await self.let_go()

    async def _shows_the_truth(self) -> None:
        agree("what is offline", self.world.state.offline, frozenset())
        await self._camera_stands()
        await self._lamps_are_true()
        self._glass_is_true()
        self._nothing_is_left()
        self._lever = False

    async def _camera_stands(self) -> None:
        places = self.simulator.terminal.camera.describe()
        await trio.sleep(3.0)
        agree("where the camera looks three seconds later", self.simulator.terminal.camera.describe(), places)

    async def _lamps_are_true(self) -> None:
        terminal, seen = self.simulator.terminal, dict[str, set[bool]]()
        for _ in range(SAMPLES):
            for name, lit in self.hardware.gpio.lamps().items():
                seen.setdefault(name, set()).add(lit)
            await trio.sleep(0.13)
        in_call = terminal.app_state is AppState.IN_CONFERENCE and self.world.state.phase is Phase.IN_CALL
        if terminal.app_state is AppState.READY:
            agree("the lamp of a call", seen["in_call"], {False})
            agree("the lamp of ringing", seen["ringing"], {False})
        if in_call:
            agree("whether the lamp of a call is lit", True in seen["in_call"], True)
        agree("whether the lamp of mute is lit", True in seen["muted"], terminal.mutes.muted["mic"])
        phone = self.hardware.speakerphones["speakerphone"].lamps
        agree("the speakerphone's lamp of mute", phone["mute"], terminal.mutes.muted["mic"])
        if terminal.app_state is AppState.READY:
            agree("the speakerphone's lamp of a call", phone["off_hook"], False)

    def _glass_is_true(self) -> None:
        """What is on the glass is what the state, which agrees with the terminal, is drawn as anew."""
        view = msgspec.structs.replace(self._drawn(), state=self.world.state)
        rest = glass(self._display()._policy, view.state, view.now, view.state.active_at)
        agree("whether the glass is lit", self.hardware.display.awake, not rest.hidden)
        if not rest.hidden:
            same = self.hardware.display.image.tobytes() == compose(view, rest.shift).image.tobytes()
            assert same, "the glass shows another picture than that of the confirmed state"

    def _display(self) -> DisplayService:
        service = self.world.appliance.parts.displays.get("display")
        assert service is not None
        return service

    def _drawn(self) -> View:
        """What was drawn last."""
        view = self._display()._view
        assert view is not None
        return view

    def _nothing_is_left(self) -> None:
        now = trio.lowlevel.current_statistics().tasks_living, sum(1 for _ in Path("/proc/self/fd").iterdir())
        self._least = now if self._least is None else (min(self._least[0], now[0]), min(self._least[1], now[1]))
        for what, here, least in zip(("tasks", "descriptors"), now, self._least, strict=True):
            assert here <= least + SPARE, f"{here} {what}, and there were {least}"


ENDS: Mapping[str, Callable[[Chaos], Awaitable[None]]] = {
    "let go": Chaos.let_go,
    "unplug": lambda chaos: chaos.unplug("joystick"),
    "box restarts": Chaos.box_restarts,
}
"""What ends a movement of the camera. Not the death of the box: nobody is left who could stop it."""


def _broken(_image: object) -> None:
    raise OSError(121, "Remote I/O error")


VERBS: Mapping[str, Callable[..., Any]] = {
    "unplug": Chaos.unplug,
    "plug": Chaos.plug,
    "glass": Chaos.glass_works,
    "box restarts": Chaos.box_restarts,
    "box dies": Chaos.box_dies,
    "redial": Chaos.redial,
    "lever": Chaos.lever,
    "let go": Chaos.let_go,
    "sure press": Chaos.sure_press,
    "hang up in time": Chaos.hang_up_in_time,
    "stops in time": Chaos.stops_in_time,
    "quiet": Chaos.quiet,
    "same as before": Chaos.same_as_before,
}
