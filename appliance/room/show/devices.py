"""What the parts of the appliance are called that may be missing, by the names of their services."""

from collections.abc import Mapping

from appliance.language.text import Text, verbatim

_KINDS: Mapping[str, Text] = {
    "display": Text("device.display"),
    "lamps": Text("device.lamps"),
    "tones": Text("device.tones"),
    "speakerphone": Text("device.speakerphone"),
    "buttons": Text("device.buttons"),
    "encoder": Text("device.encoder"),
    "keypad": Text("device.keypad"),
    "reader": Text("device.reader"),
    "joystick": Text("device.joystick"),
    "visca": Text("device.visca"),
    "camera": Text("device.camera"),
    "discovery": Text("device.discovery"),
    "presets": Text("device.presets"),
}


def device(service: str) -> Text:
    """A service's name for people: `keypad`, or `keypad lectern` with a name of its own from the configuration."""
    kind, _, name = service.partition(" ")
    known = _KINDS.get(kind)
    if known is None:
        return verbatim(service)
    return Text("device.named", device=known, name=name) if name else known
