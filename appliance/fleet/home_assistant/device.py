"""The one message: the device, its components with their names, and which of former times are no more."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from appliance.fleet.home_assistant import templates
from appliance.fleet.home_assistant.entities import OF_THE_BOX, Shown, components, name_of
from appliance.fleet.mqtt import topics
from appliance.language.catalogue import Language
from appliance.room.parts.link import LinkPhase

MOST_GONE: Final = 100


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """Who the device is. `machine`: the machine's id, hashed. `prefix`: of discovery, usually `homeassistant`."""

    machine: str
    room: str
    firmware: str
    prefix: str

    @property
    def node(self) -> str:
        """What the device is known by, in topics and identifiers: no room is renamed by it."""
        return f"offhook_{self.machine}"

    @property
    def topic(self) -> str:
        """Where the message is said, and kept by the broker."""
        return f"{self.prefix}/device/{self.node}/config"

    @property
    def birth(self) -> str:
        """Where Home Assistant says that it has come."""
        return f"{self.prefix}/status"


class Announced(msgspec.Struct, frozen=True):
    """Which components were ever announced, by their keys, with their platforms: those that go are taken back."""

    platforms: Mapping[str, str] = {}


def announcement(box: Box, shown: Shown, language: Language, before: Announced) -> tuple[dict[str, Any], Announced]:
    """The message, and what is to be remembered for the next one.

    A component that is announced with its platform alone is one that Home Assistant removes. Its key has the platform
    in it: what was a sensor and is a switch now is another one.
    """
    told = {
        f"{component['platform']}_{key}": _told(box, shown, key, component, language)
        for key, component in components(shown).items()
    }
    gone = {key: {"platform": platform} for key, platform in before.platforms.items() if key not in told}
    message = {
        "device": {
            "identifiers": [box.node],
            "name": box.room,
            "manufacturer": "offhook",
            "model": "Room controller",
            "sw_version": box.firmware,
        },
        "origin": {"name": "offhook", "sw_version": box.firmware},
        "components": told | dict(list(gone.items())[-MOST_GONE:]),
    }
    kept = {key: str(component["platform"]) for key, component in (gone | told).items()}
    return message, Announced(kept)


def _told(box: Box, shown: Shown, key: str, component: dict[str, Any], language: Language) -> dict[str, Any]:
    if component["platform"] == "device_automation":
        return component
    return {**component, "name": language.say(name_of(key)), "unique_id": f"{box.node}_{key}", **_available(shown, key)}


def _available(shown: Shown, key: str) -> dict[str, Any]:
    online = {"topic": shown.names.of(topics.AVAILABILITY)}
    linked = {
        "topic": shown.names.of(topics.CALL),
        "value_template": templates.equals("link", str(LinkPhase.UP)),
    }
    there = [online] if key in OF_THE_BOX or key.startswith("output_") else [online, linked]
    return {"availability": there, "availability_mode": "all"}
