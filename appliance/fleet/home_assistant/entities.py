"""What Home Assistant is shown of a room: one component for each thing, by a key that never changes.

What may be asked is a switch, a number or a button; where `actions` of `[mqtt]` does not list it, it is a sensor.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from appliance.fleet.home_assistant import templates
from appliance.fleet.mqtt import topics
from appliance.fleet.mqtt.topics import Names, Topic
from appliance.language.text import Text, verbatim
from appliance.room import happened
from appliance.room.parts.link import LinkPhase
from appliance.room.state import Phase

Component = dict[str, Any]
DOORS: Final = ("free", "soon", "check_in", "booked", "in_use", "unknown")
GESTURES: Final = {"pressed": "button_short_press", "held": "button_long_press", "double": "button_double_press"}
"""What is done to a button, and how Home Assistant calls it."""
MOST_PRESETS: Final = 20
_ENDED, _BEGUN = "ended", ("ringing", "calling", "begun")


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What a room has. `allow`: as `actions` of `[mqtt]`. `buttons`: what may be done to each. `outputs`: by words.

    `updates`: something renews this box. `titles`: names are said.
    """

    names: Names
    allow: frozenset[str] = frozenset()
    buttons: Mapping[str, tuple[str, ...]] = {}
    outputs: tuple[str, ...] = ()
    presets: tuple[int, ...] = ()
    titles: bool = False
    updates: bool = False

    def may(self, words: str) -> bool:
        """Whether an action is listed, by its first word or as a whole."""
        return words.split(maxsplit=1)[0] in self.allow or words in self.allow


def components(shown: Shown) -> dict[str, Component]:
    """Every component by its key, without names and without what all share."""
    found: dict[str, Component] = {}
    for group in (_call, _sound, _camera, _meetings, _people, _outputs, _box, _triggers):
        found |= dict(group(shown))
    return found


def _call(shown: Shown) -> Iterator[tuple[str, Component]]:
    at, phases = topics.CALL, [str(phase) for phase in Phase]
    yield "call", _sensor(shown, at, templates.value("phase"), device_class="enum", options=phases)
    if shown.titles:
        yield "who", _sensor(shown, at, "{{ value_json.who }}")
    yield (
        "call_event",
        {
            "platform": "event",
            "event_types": [*_BEGUN, _ENDED],
            "state_topic": shown.names.event(happened.CALL),
        },
    )
    for key, words in (("answer", "answer"), ("hang_up", "hang_up"), ("call_contact", "call")):
        if shown.may(words):
            yield key, _button(shown, words)


def _sound(shown: Shown) -> Iterator[tuple[str, Component]]:
    yield "microphone_muted", _switch(shown, topics.SOUND, templates.on_off("mic_muted"), "mute")
    yield "speaker_muted", _switch(shown, topics.SOUND, templates.on_off("audio_muted"), "mute audio")
    shows = {"state_topic": shown.names.of(topics.SOUND), "value_template": templates.value("volume")}
    if "volume" not in shown.allow:
        yield "volume", {"platform": "sensor", **shows, "unit_of_measurement": "%", "state_class": "measurement"}
        return
    asks = _asks(shown, "volume {{ value | int }}")
    yield "volume", {"platform": "number", **shows, **asks, "min": 0, "max": 100, "unit_of_measurement": "%"}


def _camera(shown: Shown) -> Iterator[tuple[str, Component]]:
    yield "camera_muted", _switch(shown, topics.CAMERA, templates.on_off("video_muted"), "mute video")
    for number in shown.presets[:MOST_PRESETS]:
        if shown.may(f"preset {number}"):
            yield f"preset_{number}", _button(shown, f"preset {number}")


def _meetings(shown: Shown) -> Iterator[tuple[str, Component]]:
    at = topics.MEETINGS
    yield "door", _sensor(shown, at, templates.value("door"), device_class="enum", options=list(DOORS))
    yield "next_meeting", _sensor(shown, at, templates.of_optional("next", "start"), device_class="timestamp")
    yield "meeting_until", _sensor(shown, at, templates.of_optional("now", "end"), device_class="timestamp")


def _people(shown: Shown) -> Iterator[tuple[str, Component]]:
    presence = _binary(shown, topics.PRESENCE, templates.on_off("somebody"), device_class="occupancy")
    yield "presence", presence
    yield "do_not_disturb", _switch(shown, topics.DISPLAY, templates.on_off("undisturbed"), "dnd")


def _outputs(shown: Shown) -> Iterator[tuple[str, Component]]:
    for words in shown.outputs:
        key = "output_" + words.replace(" ", "_")
        yield key, _switch(shown, topics.OUTPUTS, templates.on_off_of("outputs", words), words)


def _box(shown: Shown) -> Iterator[tuple[str, Component]]:
    health, own = topics.HEALTH, {"entity_category": "diagnostic"}
    yield (
        "terminal",
        _binary(
            shown,
            topics.CALL,
            templates.equals("link", str(LinkPhase.UP), "ON", "OFF"),
            device_class="connectivity",
            **own,
        ),
    )
    yield "problem", _binary(shown, health, templates.not_ok("ok"), device_class="problem", **own)
    heat = {"device_class": "temperature", "unit_of_measurement": "°C", "state_class": "measurement"}
    yield "temperature", _sensor(shown, health, templates.value("machine.temperature"), **heat, **own)
    yield "started", _sensor(shown, health, templates.value("known.started"), device_class="timestamp", **own)
    if shown.updates:
        yield (
            "update",
            {"platform": "update", "state_topic": shown.names.of(topics.UPDATE), "entity_category": "config"},
        )


def _triggers(shown: Shown) -> Iterator[tuple[str, Component]]:
    """Buttons: Home Assistant begins an automation with a press."""
    for name, gestures in shown.buttons.items():
        for gesture in gestures:
            if gesture in GESTURES:
                yield (
                    f"{gesture}_{name}",
                    {
                        "platform": "device_automation",
                        "automation_type": "trigger",
                        "type": GESTURES[gesture],
                        "subtype": name,
                        "topic": shown.names.event(happened.BUTTON),
                        "value_template": templates.gesture(),
                        "payload": f"{name} {gesture}",
                    },
                )


def _sensor(shown: Shown, topic: Topic, template: str, **more: object) -> Component:
    return {"platform": "sensor", "state_topic": shown.names.of(topic), "value_template": template, **more}


def _binary(shown: Shown, topic: Topic, template: str, **more: object) -> Component:
    return {"platform": "binary_sensor", "state_topic": shown.names.of(topic), "value_template": template, **more}


def _switch(shown: Shown, topic: Topic, template: str, words: str) -> Component:
    """A switch, which shows what the terminal has confirmed; a sensor where both ways are not listed."""
    if not (shown.may(f"{words} on") and shown.may(f"{words} off")):
        return _binary(shown, topic, template)
    shows = {"state_topic": shown.names.of(topic), "value_template": template, "state_on": "ON", "state_off": "OFF"}
    asks = {**_asks(shown), "payload_on": f"{words} on", "payload_off": f"{words} off", "optimistic": False}
    return {"platform": "switch", **shows, **asks}


def _button(shown: Shown, words: str) -> Component:
    return {"platform": "button", **_asks(shown), "payload_press": words}


def _asks(shown: Shown, do: str = "{{ value }}") -> Component:
    """Where an action goes. Not retained: a broker must not keep it."""
    return {
        "command_topic": shown.names.of(topics.ACTION),
        "command_template": templates.action(do),
        "qos": 1,
        "retain": False,
    }


OF_THE_BOX: Final = frozenset({"terminal", "problem", "temperature", "started", "update", "door", "next_meeting"})
"""What is known without the terminal; all else is not available while there is no link to it."""

NAMES: Final[Mapping[str, str]] = {
    "call": "ha.call",
    "who": "ha.who",
    "call_event": "ha.call_event",
    "answer": "ha.answer",
    "hang_up": "ha.hang_up",
    "call_contact": "ha.call_contact",
    "microphone_muted": "ha.microphone_muted",
    "speaker_muted": "ha.speaker_muted",
    "volume": "ha.volume",
    "camera_muted": "ha.camera_muted",
    "door": "ha.door",
    "next_meeting": "ha.next_meeting",
    "meeting_until": "ha.meeting_until",
    "presence": "ha.presence",
    "do_not_disturb": "ha.do_not_disturb",
    "terminal": "ha.terminal",
    "problem": "ha.problem",
    "temperature": "ha.temperature",
    "started": "ha.started",
    "update": "ha.update",
}


def name_of(key: str) -> Text:
    """How people know a component."""
    if key.startswith("preset_"):
        return Text("ha.preset", number=key.removeprefix("preset_"))
    if key.startswith("output_"):
        return verbatim(key.removeprefix("output_").partition("_")[2])
    return Text(NAMES[key])
