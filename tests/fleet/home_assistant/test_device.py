"""What Home Assistant is told of a room: every key is one that it knows, every template says what the room says."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from appliance.fleet.home_assistant.device import Announced, Box, announcement
from appliance.fleet.home_assistant.entities import NAMES, Shown, components
from appliance.fleet.mqtt import topics
from appliance.fleet.mqtt.parts import (
    CallPart,
    CameraPart,
    DisplayPart,
    MeetingsPart,
    OutputsPart,
    Part,
    PresencePart,
    SoundPart,
    ToldMeeting,
    UpdatePart,
)
from appliance.fleet.mqtt.topics import Names
from appliance.language.catalogue import ENGLISH
from appliance.language.languages import language
from appliance.programs.actions import Gate, Received
from appliance.room import happened
from appliance.room.parts.link import LinkPhase
from appliance.room.state import Phase

KEYS: dict[str, list[str]] = json.loads((Path(__file__).parent / "keys.json").read_text())
"""By platform, what Home Assistant takes; see the script that made it."""

NAMES_OF = Names("hq", "neptune")
BOX = Box(machine="0123456789abcdef0123", room="Neptune", firmware="0.2.0", prefix="homeassistant")
ALL = frozenset({"mute", "volume", "dnd", "preset", "hang_up", "answer", "call", "relay", "screen"})
FULL = Shown(
    names=NAMES_OF,
    allow=ALL,
    buttons={"call": ("pressed", "held"), "mute": ("pressed", "double")},
    outputs=("relay lights", "screen wall"),
    presets=(1, 2),
    titles=True,
    updates=True,
)
LOOKED_AT = msgspec.structs.replace(FULL, allow=frozenset[str](), titles=False)

NOW = datetime(2026, 11, 27, 19, 0, tzinfo=UTC)
KNOWN: dict[str, Part | Any] = {
    "view/call": CallPart(link=LinkPhase.UP, phase=Phase.IN_CALL, doing="In a call", who="Anna"),
    "view/sound": SoundPart(mic_muted=True, audio_muted=False, volume=40),
    "view/camera": CameraPart(video_muted=False, moves=False, presets=(1, 2)),
    "view/meetings": MeetingsPart(
        known=True,
        door="booked",
        now=ToldMeeting("", "", "2026-11-27T19:00:00Z", "2026-11-27T20:00:00Z", all_day=False),
        next=ToldMeeting("", "", "2026-11-27T21:00:00Z", None, all_day=False),
    ),
    "view/display": DisplayPart(
        says="", undisturbed=True, undisturbed_until=None, night=False, locked=False, sleeping=False
    ),
    "view/presence": PresencePart(somebody=True, sensing=()),
    "view/outputs": OutputsPart(outputs={"relay lights": True, "screen wall": False}),
    "view/update": UpdatePart(installed_version="0.1.0", latest_version="0.2.0", in_progress=False, failed=False),
    "health": {"ok": False, "known": {"started": "2026-11-27T08:00:00Z"}, "machine": {"temperature": 51}},
}
UNKNOWN: dict[str, Part | Any] = KNOWN | {
    "view/call": CallPart(link=LinkPhase.DOWN, phase=Phase.UNKNOWN, doing=""),
    "view/sound": SoundPart(mic_muted=None, audio_muted=None, volume=None),
    "view/camera": CameraPart(video_muted=None, moves=False, presets=None),
    "view/meetings": MeetingsPart(known=False, door="unknown"),
    "view/presence": PresencePart(somebody=None, sensing=()),
    "view/outputs": OutputsPart(outputs={}),
    "health": {"ok": True, "known": {"started": None}, "machine": {"temperature": None}},
}


def message(shown: Shown = FULL, before: Announced = Announced()) -> dict[str, Any]:  # noqa: B008  # frozen
    return announcement(BOX, shown, ENGLISH, before)[0]


def rendered(template: str, payload: object, value: object = "") -> str:
    """As Home Assistant renders: its environment is jinja2's, its payload what JSON says."""
    environment = SandboxedEnvironment(undefined=StrictUndefined)
    decoded = json.loads(msgspec.json.encode(payload))
    return environment.from_string(template).render(value_json=decoded, value=value, now=lambda: NOW)


def shown_as(shown: Shown, parts: dict[str, Part | Any]) -> dict[str, str]:
    """What each component shows."""
    return {
        key: rendered(component["value_template"], parts[component["state_topic"].removeprefix(NAMES_OF.prefix)])
        for key, component in components(shown).items()
        if "value_template" in component and "state_topic" in component
    }


@pytest.mark.parametrize("shown", [FULL, LOOKED_AT], ids=["asked", "looked at"])
def test_every_key_is_one_that_home_assistant_knows(shown: Shown) -> None:
    found = message(shown)
    assert found.keys() <= set(KEYS["device_discovery"])
    assert found["device"].keys() <= set(KEYS["device"])
    assert found["origin"].keys() <= set(KEYS["origin"])
    for key, component in found["components"].items():
        unknown = component.keys() - {"platform"} - set(KEYS[component["platform"]])
        assert not unknown, f"{key}: {unknown}"


def test_a_misspelt_key_would_be_noticed() -> None:
    assert "value_template" in KEYS["sensor"]
    assert "value_tmplate" not in KEYS["sensor"]


@pytest.mark.parametrize("shown", [FULL, LOOKED_AT], ids=["asked", "looked at"])
def test_what_its_own_schema_does_not_see(shown: Shown) -> None:
    parts = message(shown)["components"].values()
    unique = [part["unique_id"] for part in parts if part["platform"] != "device_automation"]
    assert len(unique) == len(set(unique))
    assert all(part["options"] for part in parts if part.get("device_class") == "enum")
    triggers = [(part["type"], part["subtype"]) for part in parts if part["platform"] == "device_automation"]
    assert len(triggers) == len(set(triggers))
    assert BOX.node.replace("_", "").isalnum()


def test_every_topic_is_one_of_the_rooms() -> None:
    said = {NAMES_OF.of(topic) for topic in topics.TABLE} | {NAMES_OF.event(kind) for kind in happened.KINDS}
    for component in message()["components"].values():
        found = {value for key, value in component.items() if key.endswith("topic")}
        found |= {each["topic"] for each in component.get("availability", ())}
        assert found
        assert found <= said


def test_what_is_shown_is_what_the_room_says() -> None:
    assert shown_as(FULL, KNOWN) == {
        "call": "in_call",
        "who": "Anna",
        "microphone_muted": "ON",
        "speaker_muted": "OFF",
        "volume": "40",
        "camera_muted": "OFF",
        "door": "booked",
        "next_meeting": "2026-11-27T21:00:00Z",
        "meeting_until": "2026-11-27T20:00:00Z",
        "presence": "ON",
        "do_not_disturb": "ON",
        "output_relay_lights": "ON",
        "output_screen_wall": "OFF",
        "terminal": "ON",
        "problem": "ON",
        "temperature": "51",
        "started": "2026-11-27T08:00:00Z",
    }


def test_what_is_not_known_is_none_and_nothing_fails() -> None:
    shown = shown_as(FULL, UNKNOWN)
    unknown = {key for key, value in shown.items() if value == "None"}
    assert unknown == {
        *("microphone_muted", "speaker_muted", "volume", "camera_muted", "next_meeting", "meeting_until", "presence"),
        *("output_relay_lights", "output_screen_wall", "temperature", "started"),
    }
    assert (shown["terminal"], shown["problem"]) == ("OFF", "OFF")


@pytest.mark.parametrize("part", [CallPart(link=LinkPhase.DOWN, phase=Phase.UNKNOWN, doing=""), KNOWN["view/call"]])
def test_without_a_link_what_is_the_terminals_is_not_available(part: CallPart) -> None:
    (_, linked) = message()["components"]["switch_microphone_muted"]["availability"]
    assert rendered(linked["value_template"], part) == ("online" if part.link is LinkPhase.UP else "offline")
    assert len(message()["components"]["binary_sensor_problem"]["availability"]) == 1


def test_the_enumerations_have_all_words() -> None:
    found = components(FULL)
    assert found["call"]["options"] == [str(phase) for phase in Phase]
    assert set(found["call_event"]["event_types"]) == {"ringing", "calling", "begun", "ended"}


def asked(shown: Shown) -> list[str]:
    """Every action that Home Assistant could ask for, as the message on the topic."""
    found = []
    for component in components(shown).values():
        if "command_template" in component:
            values = [component[key] for key in ("payload_on", "payload_off", "payload_press") if key in component]
            found += [rendered(component["command_template"], {}, value) for value in values or [40.0]]
    return found


def test_what_home_assistant_asks_is_taken() -> None:
    gate = Gate(ALL, lambda: NOW, lambda: 0.0)
    taken = []
    for number, payload in enumerate(asked(FULL)):
        unlike = payload.replace('"ha-', f'"ha-{number}-', 1)  # each at a moment of its own
        judged = gate.judge(Received(unlike.encode(), 0.0))
        assert judged.action is not None, f"{payload}: {judged.why}"
        assert judged.asked is not None
        taken.append(judged.asked.do)
    assert "mute on" in taken
    assert "volume 40" in taken
    assert "relay lights off" in taken


def test_what_is_not_listed_is_only_shown() -> None:
    assert asked(LOOKED_AT) == []
    found = components(LOOKED_AT)
    assert found["microphone_muted"]["platform"] == "binary_sensor"
    assert found["volume"]["platform"] == "sensor"
    assert "who" not in found
    assert "payload_install" not in found["update"]


def test_half_of_a_switch_is_none() -> None:
    shown = msgspec.structs.replace(FULL, allow=frozenset({"mute on"}))
    assert components(shown)["microphone_muted"]["platform"] == "binary_sensor"


def test_actions_are_not_retained() -> None:
    assert {each["retain"] for each in components(FULL).values() if "command_topic" in each} == {False}


def test_what_is_gone_is_taken_back_and_stays_so() -> None:
    _, before = announcement(BOX, FULL, ENGLISH, Announced())
    fewer = msgspec.structs.replace(LOOKED_AT, outputs=("screen wall",))
    second, kept = announcement(BOX, fewer, ENGLISH, before)
    assert second["components"]["switch_output_relay_lights"] == {"platform": "switch"}
    assert second["components"]["switch_microphone_muted"] == {"platform": "switch"}
    assert second["components"]["binary_sensor_microphone_muted"]["unique_id"]
    third, _ = announcement(BOX, fewer, ENGLISH, kept)
    assert third == second


def test_what_comes_back_is_announced_again() -> None:
    _, before = announcement(BOX, FULL, ENGLISH, Announced())
    _, kept = announcement(BOX, LOOKED_AT, ENGLISH, before)
    assert message(FULL, kept)["components"]["switch_microphone_muted"]["unique_id"]


def test_a_device_is_known_by_its_machine_alone() -> None:
    """A room that is renamed is the same device; two boxes never become one."""
    assert message()["device"]["identifiers"] == ["offhook_0123456789abcdef0123"]
    assert BOX.topic == "homeassistant/device/offhook_0123456789abcdef0123/config"


@pytest.mark.parametrize("code", ["ru", "pl", "es"])
def test_everything_has_a_name_in_the_rooms_language(code: str) -> None:
    spoken = announcement(BOX, FULL, language(code), Announced())[0]["components"]
    english = message()["components"]
    named = [key for key, part in english.items() if "name" in part]
    assert len(named) == len([part for part in english.values() if part["platform"] != "device_automation"])
    assert sum(spoken[key]["name"] != english[key]["name"] for key in named) > len(NAMES) - 5


def test_it_is_small_enough_for_any_broker() -> None:
    assert len(msgspec.json.encode(message())) < 24_000
