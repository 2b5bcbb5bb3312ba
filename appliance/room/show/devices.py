"""What the parts of the appliance are called that may be missing, by the names of their services."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from appliance.language.text import Text, verbatim

_KINDS: Mapping[str, Text] = {
    "display": Text("device.display"),
    "lamp": Text("device.lamp"),
    "tones": Text("device.tones"),
    "speakerphone": Text("device.speakerphone"),
    "light": Text("device.light"),
    "bar": Text("device.bar"),
    "relay": Text("device.relay"),
    "screen": Text("device.screen"),
    "button": Text("device.button"),
    "encoder": Text("device.encoder"),
    "presence": Text("device.presence"),
    "keypad": Text("device.keypad"),
    "reader": Text("device.reader"),
    "joystick": Text("device.joystick"),
    "visca": Text("device.visca"),
    "camera": Text("device.camera"),
    "discovery": Text("device.discovery"),
    "presets": Text("device.presets"),
    "mqtt": Text("device.mqtt"),
    "calendar": Text("device.calendar"),
    "webhook": Text("device.webhook"),
}


def device(service: str) -> Text:
    """A service's name for people: `keypad`, or `keypad lectern` with a name of its own from the configuration."""
    kind, _, name = service.partition(" ")
    known = _KINDS.get(kind)
    if known is None:
        return verbatim(service)
    return Text("device.named", device=known, name=name) if name else known


def missing(services: Iterable[str]) -> list[Text]:
    """Returns the parts of these services in sequence; several of a kind that shares one chip as a number of them.

    A chip that cannot be used takes all of them with it, and a display has no room for a list.
    """
    names = sorted(services)
    count = Counter(_kind(name) for name in names)
    several = [_SEVERAL[kind](count[kind]) for kind in _SEVERAL if count[kind] > 1]
    return [*several, *(device(name) for name in names if _kind(name) not in _SEVERAL or count[_kind(name)] == 1)]


def _kind(service: str) -> str:
    return service.partition(" ")[0]


_SEVERAL: Mapping[str, Callable[[int], Text]] = {
    "button": lambda count: Text("device.buttons", count=count),
    "encoder": lambda count: Text("device.encoders", count=count),
    "lamp": lambda count: Text("device.lamps", count=count),
    "relay": lambda count: Text("device.relays", count=count),
    "presence": lambda count: Text("device.sensors", count=count),
}
