"""What each service of a room is made of: two configurations that agree in that have the same service.

One function for each table of `run/tables/every.py`, in its order, yields the names of the table's services with all
that they take from the settings when they are built. What a service looks up each time it needs it is not among that:
the meaning of inputs (`Controller.become`), the signs of lamps, the reactions. Where services find others when they
are built, as VISCA controllers find cameras, they are made of these, too, so that they change with them.

Nothing here is kept in step by hand: a test builds rooms of any configuration, and compares the names; another changes
every key that there is, and sees that somebody notices.
"""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from appliance.config.schema import Config
from appliance.room.bindings.bindings import FAR_END
from appliance.run.live.settings import Settings
from appliance.run.named import named
from appliance.run.signs import signs_of

Made = Iterator[tuple[str, object]]


def made_of(settings: Settings) -> dict[str, object]:
    """Returns what each service is made of, by its name."""
    return {name: what for table in _TABLES for name, what in table(settings)}


def files_in(*tables: object) -> Iterator[str]:
    """Yields the paths that tables name, as they stand there, also in the tables below them."""
    for table in tables:
        if isinstance(table, dict):
            yield from files_in(*table.values())
        for key in table.__struct_fields__ if isinstance(table, msgspec.Struct) else ():
            value = getattr(table, key)
            if isinstance(value, str) and (key in {"certificate", "key", "ca"} or key.endswith("_file")):
                yield value
            yield from files_in(value)


def _stamps(settings: Settings, *tables: object) -> tuple[object, ...]:
    return tuple(settings.files.get(path) for path in files_in(*tables))


def _display(settings: Settings) -> Made:
    config = settings.config
    if config.display is not None:
        yield "display", (config.display, config.room.name, config.room.language)


def _lamps(settings: Settings) -> Made:
    """The player begins anew with other signs; the pins of a lamp stay with it as long as they are the same."""
    config = settings.config
    if config.lamps or config.lights:
        lamps = {name: lamp.hardware() for name, lamp in config.lamps.items()}
        lights = {name: light.hardware() for name, light in config.lights.items()}
        yield "lamps", (lamps, lights, signs_of(config))
        yield from ((named("lamp", name), lamp) for name, lamp in lamps.items())
        yield from ((named("light", name), light) for name, light in lights.items())


def _bars(settings: Settings) -> Made:
    config = settings.config
    yield from ((named("bar", name), (bar, config.all_patterns())) for name, bar in config.bars.items())


def _each(kind: str, of: Callable[[Config], dict[str, Any]]) -> Callable[[Settings], Made]:
    """Returns a table whose entries are services of their own, each made of its entry."""

    def table(settings: Settings) -> Made:
        for name, entry in of(settings.config).items():
            yield named(kind, name), entry

    return table


def _tones(settings: Settings) -> Made:
    if (tones := settings.config.tones) is not None:
        yield "tones", (tones, _stamps(settings, tones))


def _speakerphones(settings: Settings) -> Made:
    """Which device each may have depends on what all of them want."""
    config = settings.config
    for name, phone in config.speakerphones.items():
        yield named("speakerphone", name), (phone, config.wanted_phones(), settings.profiles)


def access_of(config: Config) -> tuple[object, ...]:
    """Returns what those who log in, and their sessions, are made of."""
    return config.access, config.display is None


def _access(settings: Settings) -> Made:
    if settings.config.panel is not None:
        yield "access", access_of(settings.config)
        yield "trials", ()


def _bookings(settings: Settings) -> Made:
    panel = settings.config.panel
    if panel is not None and panel.door.decides:
        yield "bookings", ()


def _terminal_settings(settings: Settings) -> Made:
    if settings.config.panel is not None:
        yield "terminal settings", ()


def _calendar(settings: Settings) -> Made:
    if (calendar := settings.config.calendar) is not None:
        yield "calendar", (calendar, _stamps(settings, calendar))


def _buttons(settings: Settings) -> Made:
    """Made of what they do, too: what a finger has begun ends with the button, and not with another's meaning."""
    config = settings.config
    for name, button in config.push_buttons().items():
        chords = {chord: each for chord, each in config.chords.items() if name in each.buttons}
        yield named("button", name), (button, chords, config.room.camera)


def _keypads(settings: Settings) -> Made:
    config = settings.config
    for name, keypad in config.keypads.items():
        yield named("keypad", name), (keypad, config.wanted_keyboards(), config.room.camera)


def _readers(settings: Settings) -> Made:
    config = settings.config
    for name, reader in config.readers.items():
        yield named("reader", name), (reader, config.wanted_keyboards())


def far_camera_of(config: Config) -> tuple[object, ...]:
    """Returns what the other side's camera is made of: where controllers find it, and whether anybody moves it."""
    number = config.far_end.number
    return number, number is not None or config.moves(FAR_END) or config.panel is not None


def _cameras(settings: Settings) -> Made:
    """Each camera and controller is made of its own entry; controllers also of the cameras that they find."""
    config = settings.config
    if config.joysticks or config.visca or config.cameras:
        yield "presets", ()
    if config.joysticks or config.visca or config.cameras or config.panel is not None:
        yield "terminal presets", ()
    if config.panel is not None:
        yield "camera pictures", ()
    if config.cameras or config.joysticks:
        yield "two masters", ()
    if far_camera_of(config)[-1]:
        yield "far camera", far_camera_of(config)
    yield from _local_cameras(config)
    found = config.cameras, config.far_end.number
    for kind, entries in (("joystick", config.joysticks), ("visca", config.visca)):
        yield from ((named(kind, name), (entry, found)) for name, entry in entries.items())
    yield from ((f"discovery {name}", network) for name, network in config.visca.items() if network.discovery)


def _local_cameras(config: Config) -> Made:
    for name, camera in config.cameras.items():
        yield f"presets {name}", camera
        yield named("camera", name), camera
        if name == config.room.camera:
            yield "lent camera", (name, camera)


def told_by(config: Config) -> tuple[bool, ...]:
    """Returns what those who tell of events are made of: who listens, and who counts beside them."""
    return config.tells_events, config.metrics is None, config.api is None


def _events(settings: Settings) -> Made:
    if settings.config.tells_events:
        yield "events", told_by(settings.config)


def _mqtt(settings: Settings) -> Made:
    config = settings.config
    if (mqtt := config.mqtt) is not None:
        who = config.display is not None and config.display.who
        shown = _in_home_assistant(config) if mqtt.home_assistant else ()
        room = (config.room.name, config.room.language, told_by(config))
        yield "mqtt", (mqtt, room, who, shown, _stamps(settings, mqtt))


def _in_home_assistant(config: Config) -> tuple[object, ...]:
    buttons = {
        name: (button.held is None, button.double is None) for name, button in sorted(config.push_buttons().items())
    }
    return list(buttons.items()), sorted(config.relays), sorted(config.screens)


def _webhooks(settings: Settings) -> Made:
    config = settings.config
    for name, hook in config.webhooks.items():
        yield named("webhook", name), (hook, config.room.name, told_by(config), _stamps(settings, hook))


def _network_sharing(settings: Settings) -> Made:
    if (share := settings.config.share) is not None:
        yield "network sharing", (share, _stamps(settings, share))


def _metrics(settings: Settings) -> Made:
    config = settings.config
    if config.metrics is not None:
        shown = [light.shows for light in config.lights.values()] + [bar.shows for bar in config.bars.values()]
        pairs = _certificates(config)
        stamps = _stamps(settings, config.metrics)
        yield "metrics", (config.metrics, [*config.shown_by_lamps().values()], shown, pairs, stamps)


def _certificates(config: Config) -> list[object]:
    return [getattr(table, "certificate", None) for table in (config.panel, config.share, config.mqtt)]


def _pages(settings: Settings) -> Made:
    """The wall panel and the screen on the box have the same pages."""
    config = settings.config
    who = config.display is not None and config.display.who
    room = (config.room.name, config.room.language, config.room.speed_dial, who)
    served = (config.panel, config.kiosk, config.api, access_of(config), told_by(config))
    what = (*served, config.cameras, config.room.camera, room, _stamps(settings, config.panel))
    yield from ((name, what) for name in ("panel", "kiosk") if getattr(config, name) is not None)


_TABLES: tuple[Callable[[Settings], Made], ...] = (
    _display,
    _lamps,
    _bars,
    _each("relay", lambda config: config.relays),
    _each("screen", lambda config: config.screens),
    _tones,
    _speakerphones,
    _access,
    _bookings,
    _terminal_settings,
    _calendar,
    _buttons,
    _each("encoder", lambda config: config.encoders),
    _each("presence", lambda config: config.presence),
    _keypads,
    _readers,
    _cameras,
    _events,
    _mqtt,
    _webhooks,
    _network_sharing,
    _metrics,
    _pages,
)
