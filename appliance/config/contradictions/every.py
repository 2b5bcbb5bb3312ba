"""What contradicts itself in a `room.toml` although each value by itself is right."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from appliance.config.contradictions.boards import board_contradictions
from appliance.config.contradictions.calendar import calendar_contradictions
from appliance.config.contradictions.hosts import host_contradictions
from appliance.config.contradictions.outputs import output_contradictions
from appliance.config.contradictions.pins import pin_contradictions
from appliance.config.contradictions.webhooks import webhook_contradictions
from appliance.config.document import Contradiction, tables
from appliance.config.network.secrets import kept_contradictions
from appliance.config.share import share_contradictions
from appliance.config.tables.access import access_contradictions
from appliance.config.tables.chords import chord_contradictions
from appliance.config.tables.keypads import letters_of_auto, mistakes
from appliance.config.tables.lock import lock_contradictions
from appliance.config.tables.metrics import metrics_contradictions
from appliance.config.tables.panel import panel_buttons, panel_contradictions
from appliance.config.tables.signs import bus_contradictions, sign_contradictions
from appliance.config.tables.speed_dial import speed_dial_contradictions
from appliance.config.words import words_of
from appliance.fleet.mqtt.config import MqttConfig
from appliance.language.text import Text
from appliance.room.bindings.bindings import FAR_END, TERMINAL
from appliance.room.show.indicators import Indicator
from appliance.terminal.config import CredentialsError, TerminalConfig, read_credentials
from drivers.matching import By, Wanted, wanted

_BY_STATE = ("buttons", "chords", "encoders")


def contradictions(document: dict[str, Any], store: Path | None) -> Iterator[Contradiction]:
    """Everything of the kind in a document, whatever else is wrong with it; `store`: of credentials, None elsewhere."""
    yield from pin_contradictions(document)
    yield from host_contradictions(document)
    yield from _without_meaning(document)
    yield from _keyboards_of_one_name(document)
    yield from _buttons_of_one_name(document)
    yield from _one_device_twice(document)
    yield from _keys_of_keypads(document)
    yield from chord_contradictions(document)
    yield from _never_soon(document)
    yield from _cameras_at_one_number(document)
    yield from _no_such_camera(document)
    yield from output_contradictions(document)
    yield from panel_contradictions(document)
    yield from speed_dial_contradictions(document)
    yield from lock_contradictions(document, store)
    yield from access_contradictions(document)
    yield from sign_contradictions(document)
    yield from bus_contradictions(document)
    yield from share_contradictions(document, store)
    yield from metrics_contradictions(document, store)
    yield from calendar_contradictions(document, store)
    yield from webhook_contradictions(document, store)
    yield from _missing_elsewhere(document, store)
    yield from _password_of_mqtt(document, store)
    if store is not None:
        yield from board_contradictions(document)


def _without_meaning(document: dict[str, Any]) -> Iterator[Contradiction]:
    known = [indicator.value for indicator in Indicator]
    for name, lamp in tables(document, "lamps"):
        if "shows" not in lamp and name not in known:
            yield ("lamps", name), Text("mistake.shows_missing", name=name, known=", ".join(known))


def _keyboards_of_one_name(document: dict[str, Any]) -> Iterator[Contradiction]:
    keypads = {name for name, _ in tables(document, "keypads")}
    for name, _ in tables(document, "readers"):
        if name in keypads:
            yield ("readers", name), Text("mistake.keypad_of_that_name", name=name)


def _buttons_of_one_name(document: dict[str, Any]) -> Iterator[Contradiction]:
    buttons = {name for name, _ in tables(document, "buttons")}
    for name, encoder in tables(document, "encoders"):
        if name in buttons and "press_pin" in encoder:
            yield ("encoders", name, "press_pin"), Text("mistake.button_of_that_name", name=name)


def _one_device_twice(document: dict[str, Any]) -> Iterator[Contradiction]:
    """Paths and ports name one device; several may be meant by one name or product."""
    for kinds in (("keypads", "readers"), ("speakerphones",)):
        seen: dict[Wanted, str] = {}
        for key, entry in [((kind, name), entry) for kind in kinds for name, entry in tables(document, kind)]:
            wish = _particular(entry.get("device"))
            if wish in seen:
                yield (*key, "device"), Text("mistake.device_used", device=entry["device"], by=seen[wish])
            elif wish is not None:
                seen[wish] = ".".join(key)


def _particular(device: object) -> Wanted | None:
    """What names one device and no other; None for all else, nonsense included."""
    try:
        wish = wanted(str(device))
    except ValueError:
        return None
    return wish if wish.by >= By.PORT else None


def _keys_of_keypads(document: dict[str, Any]) -> Iterator[Contradiction]:
    for name, keypad in tables(document, "keypads"):
        if isinstance(keys := keypad.get("keys"), dict):
            wrong = [*mistakes(keys)] or [*letters_of_auto(str(keypad.get("device", "auto")), keys)]
            yield from ((("keypads", name, "keys", key), why) for key, why in wrong)


def _cameras_at_one_number(document: dict[str, Any]) -> Iterator[Contradiction]:
    seen: dict[str, str] = {}
    cameras = tables(document, "cameras")
    places: list[tuple[tuple[str, ...], dict[str, Any]]] = [(("cameras", name), camera) for name, camera in cameras]
    if isinstance(far_end := document.get("far_end"), dict) and "number" in far_end:
        places.append((("far_end",), far_end))
    for key, table in places:
        if (number := str(table.get("number", key))) in seen:
            yield (*key, "number"), Text("mistake.number_used", number=number, by=seen[number])
        seen.setdefault(number, ".".join(key))


def _no_such_camera(document: dict[str, Any]) -> Iterator[Contradiction]:
    known = [TERMINAL, FAR_END, *(name for name, _ in tables(document, "cameras"))]
    for reserved in (TERMINAL, FAR_END):
        if known.count(reserved) > 1:
            yield ("cameras", reserved), Text("mistake.terminals_camera", name=reserved)
    room = document.get("room")
    places: list[tuple[tuple[str, ...], object]] = [(("room",), room)]
    places += [(("buttons", name), button) for name, button in tables(document, "buttons")]
    for name, keypad in tables(document, "keypads"):
        places += [(("keypads", name, "keys", key), binding) for key, binding in tables(keypad, "keys")]
    for key, table in places:
        if isinstance(table, dict) and (name := table.get("camera", TERMINAL)) not in known:
            yield (*key, "camera"), Text("mistake.no_such_camera", name=str(name), known=", ".join(known))


def _never_soon(document: dict[str, Any]) -> Iterator[Contradiction]:
    """Actions for a meeting that is soon, where none ever is."""
    if not isinstance(room := document.get("room"), dict) or room.get("meeting_soon") != 0:
        return
    bound: list[tuple[tuple[str, ...], dict[str, Any]]]
    bound = [((kind, name), table) for kind in _BY_STATE for name, table in tables(document, kind)]
    bound += [(("panel", "buttons", name), table) for name, table in panel_buttons(document)]
    for where, table in bound:
        for key, value in table.items():
            if isinstance(value, dict | list) and "meeting_soon" in value:
                yield (*where, key), Text("mistake.never_soon")


def _missing_elsewhere(document: dict[str, Any], store: Path | None) -> Iterator[Contradiction]:
    if document.get("hardware") == "virtual" and "panel" not in document:
        yield ("hardware",), Text("mistake.virtual_needs_panel")
    if "api" in document and "panel" not in document:
        yield ("api",), Text("mistake.api_needs_panel")
    if store is None:
        return
    try:
        read_credentials(msgspec.convert(document.get("terminal"), TerminalConfig), store)
    except msgspec.ValidationError:
        pass  # `read` has said so
    except CredentialsError as error:
        yield ("terminal", error.key), words_of(error)
    yield from kept_contradictions(document, store)


def _password_of_mqtt(document: dict[str, Any], store: Path | None) -> Iterator[Contradiction]:
    if store is None:
        return
    try:
        msgspec.convert(document.get("mqtt"), MqttConfig).secret(store)
    except msgspec.ValidationError:
        pass  # there is none, or `read` has said what is wrong with it
    except CredentialsError as error:
        yield ("mqtt", error.key or "password"), words_of(error)
