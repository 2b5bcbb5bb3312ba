"""What every step is given: the person, the room's configuration, the machine, and the ways to its hardware."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import msgspec
import trio

from appliance.cli.hardware_test.hanging import hang
from appliance.cli.hardware_test.machine import Machine
from appliance.config.schema import Config
from appliance.language.catalogue import ENGLISH, Language
from appliance.language.text import Text
from drivers.gpio.factory import pin_factory
from drivers.gpio.pins import Factory
from drivers.keypad.device import open_device as open_keypad
from drivers.keypad.keypad import OpenKeypad
from drivers.oled.oled import Connect
from drivers.speakerphone.device import open_device as open_speakerphone
from drivers.speakerphone.recorder import Person
from drivers.speakerphone.speakerphone import OpenSpeakerphone
from drivers.visca.line.lines import find_lines

PATIENCE: Final = 120.0
"""Seconds that a person has to connect something or to answer; the next question is asked after that."""

SKIP, YES, NO = "s", "y", "n"


class Jumper(msgspec.Struct, frozen=True):
    """A wire from one pin of the header to another; `out` is driven, `into` is read."""

    out: int | str
    into: int | str


class Options(msgspec.Struct, frozen=True):
    """What was asked for. `attended`: somebody is there to be asked. `named`: steps chosen by name, empty for all."""

    attended: bool = True
    named: frozenset[str] = frozenset()
    jumpers: Sequence[Jumper] = ()
    lines: Sequence[str] = ()


class Hardware(msgspec.Struct, frozen=True):
    """How devices are opened; tests give their own. `oled`: None for the bus of this machine."""

    pins: Callable[[Config | None], Factory] = lambda config: pin_factory(
        *((config.gpio.chip, config.gpio.backend) if config else ())
    )
    oled: Connect | None = None
    in_thread: bool = True
    keypad: OpenKeypad = open_keypad
    speakerphone: OpenSpeakerphone = open_speakerphone
    ports: Callable[[], Iterable[str]] = lambda: [line.path for line in find_lines()]
    hang: Callable[[], None] = hang


class Bench:
    """One run's surroundings. Questions wait for `PATIENCE` and never for ever."""

    def __init__(
        self,
        person: Person,
        options: Options = Options(),  # noqa: B008  # frozen
        config: Config | None = None,
        machine: Machine = Machine(),  # noqa: B008  # frozen
        hardware: Hardware = Hardware(),  # noqa: B008  # frozen
        language: Language = ENGLISH,
    ) -> None:
        self._person = person
        self.options, self.config, self.machine, self.hardware = options, config, machine, hardware
        self.language = language
        self.before_restart: Callable[[], None] = lambda: None  # keeps what is known; blocks

    def pins(self) -> Factory:
        """Returns the pins of the header. Raises DeviceMissing: when there are none."""
        return self.hardware.pins(self.config)

    def say(self, text: Text) -> None:
        """Shows a sentence."""
        self._person.say(self.language.say(text))

    async def ready(self, text: Text) -> bool:
        """Asks for something to be done and returns whether it was; False: skipped, unattended, or no answer."""
        if not self.options.attended:
            return False
        self.say(Text("hwtest.then_enter", what=text, skip=SKIP))
        return (await self._answer() or SKIP)[:1].lower() != SKIP

    async def saw(self, text: Text) -> bool | None:
        """Asks a question and returns the answer; None: not sure, unattended, or no answer."""
        if not self.options.attended:
            return None
        self.say(Text("hwtest.yes_or_no", what=text, yes=YES, no=NO))
        return {YES: True, NO: False}.get((await self._answer() or "")[:1].lower())

    async def _answer(self) -> str | None:
        with trio.move_on_after(PATIENCE):
            return await self._person.enter() or " "
        return None


def parts(config: Config | None, kind: str) -> dict[str, Any]:
    """Returns the entries of a table of the configuration, by name; none where there is no configuration."""
    found: dict[str, Any] = getattr(config, kind) if config is not None else {}
    return found
