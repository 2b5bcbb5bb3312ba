"""What lamps and lights show, and in which patterns and colours."""

from collections.abc import Iterator
from typing import Annotated, Any

import msgspec

from appliance.config.document import Contradiction, tables
from appliance.language.text import Text, Unusable
from appliance.room.show.indicators import Indicator, Pattern
from appliance.room.show.signals import VIEWS, signals
from drivers.errors import about
from drivers.gpio.config import LampConfig
from drivers.outputs import patterns
from drivers.outputs.bars.config import BarConfig
from drivers.outputs.config import LightConfig

Words = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]


class PatternConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[patterns.NAME]`: what is shown one after the other, such as `steps = ["on 0.1", "off 1.9"]`."""

    steps: Annotated[list[Words], msgspec.Meta(min_length=1, max_length=patterns.MOST_STEPS)]

    def __post_init__(self) -> None:
        """Refuses steps that cannot be read."""
        with about("steps"):
            patterns.pattern(self.steps)

    def pattern(self) -> patterns.Pattern:
        """What the driver needs to know."""
        return patterns.pattern(self.steps)


class Lamp(LampConfig, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[lamps.NAME]`: a lamp; `shows` says what, by default what it is called; `patterns`, how, pattern by pattern."""

    shows: Indicator | None = None
    patterns: dict[Pattern, str] = msgspec.field(default_factory=dict)

    def hardware(self) -> LampConfig:
        """What the driver needs to know."""
        return LampConfig(**{name: getattr(self, name) for name in LampConfig.__struct_fields__})


class Light(LightConfig, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[lights.NAME]`: a light of three colours. `shows`: "door", "room", or what a lamp may show, in `colour`.

    `colours` and `patterns`: others than usual, by the names of the signals.
    """

    shows: str = "door"
    colour: str = "white"
    colours: dict[str, str] = msgspec.field(default_factory=dict)
    patterns: dict[str, str] = msgspec.field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuses what nobody can show, and words that are no colour."""
        check_shown(self.shows, self.colour, self.colours, self.patterns)

    def hardware(self) -> LightConfig:
        """What the driver needs to know."""
        return LightConfig(**{name: getattr(self, name) for name in LightConfig.__struct_fields__})


class Bar(BarConfig, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[bars.NAME]`: a bar of addressable LEDs, which shows what a light may show."""

    shows: str = "door"
    colour: str = "white"
    colours: dict[str, str] = msgspec.field(default_factory=dict)
    patterns: dict[str, str] = msgspec.field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuses what nobody can show, words that are no colour, and more LEDs than a transfer has room for."""
        with about("pixels"):
            BarConfig.__post_init__(self)
        check_shown(self.shows, self.colour, self.colours, self.patterns)

    def hardware(self) -> BarConfig:
        """What the driver needs to know."""
        return BarConfig(**{name: getattr(self, name) for name in BarConfig.__struct_fields__})


def check_shown(shows: str, colour: str, colours: dict[str, str], others: dict[str, str]) -> None:
    """Raises `Unusable` or `ValueError` for what makes no sense in these keys of a table."""
    known = (*VIEWS, *Indicator)
    if shows not in known:
        raise Unusable(Text("mistake.no_such_output", name=shows, known=", ".join(known)), key="shows")
    for key, names in (("colours", colours), ("patterns", others)):
        wrong = next((name for name in names if name not in signals(shows)), None)
        if wrong is not None:
            expected = ", ".join(signals(shows))
            raise Unusable(Text("mistake.no_such_output", name=wrong, known=expected), key=key, beside="shows")
    for key, words in (("colour", [colour]), ("colours", list(colours.values()))):
        with about(key):
            for word in words:
                patterns.colour_of(word)


def sign_contradictions(document: dict[str, Any]) -> Iterator[Contradiction]:
    """Yields every pattern that a lamp, light or bar names and the room does not have."""
    known = dict.fromkeys((*patterns.BUILT_IN, *(name for name, _ in tables(document, "patterns"))))
    for table in ("lamps", "lights", "bars"):
        for name, entry in tables(document, table):
            for signal, pattern in dict(entry.get("patterns") or {}).items():
                if pattern not in known:
                    missing = Text("mistake.no_such_output", name=str(pattern), known=", ".join(known))
                    yield (table, name, "patterns", signal), missing


def bus_contradictions(document: dict[str, Any]) -> Iterator[Contradiction]:
    """Yields every bar that shares an SPI bus: it has no select line, and takes all that is on the bus as colours."""
    if document.get("hardware") == "virtual":
        return
    display = document.get("display")
    taken = {_bus(display): "display"} if isinstance(display, dict) and "spi" in display else {}
    for name, bar in tables(document, "bars"):
        bus = _bus({"spi": "0.0"} | bar)
        if bus in taken:
            yield ("bars", name, "spi"), Text("mistake.bus_of_bar", bus=bus, by=taken[bus])
        taken.setdefault(bus, f"bars.{name}")


def _bus(table: dict[str, Any]) -> str:
    return str(table.get("spi")).partition(".")[0]
