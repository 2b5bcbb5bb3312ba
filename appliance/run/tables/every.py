"""The tables of `room.toml`, and the services that each asks for.

`ROOM` is the one list that a new table joins: a function that takes the room's `Parts` and yields its services, none
where the configuration does not have the table. Its order is the order of their start, which people notice: what
shows first, then what is shown, then what people touch. Services end in the reverse order.
"""

import functools
from collections.abc import Callable, Iterable, Iterator

from appliance.config.schema import Display
from appliance.room.bindings.joins import joins
from appliance.run.named import named
from appliance.run.parts import Parts
from appliance.run.tables.calendar import calendar
from appliance.run.tables.cameras import cameras
from appliance.run.tables.lamps import bars, lamps
from appliance.run.tables.outputs import relays, screens
from appliance.runtime.supervisor import Service
from appliance.services.audit import AuditService
from appliance.services.bookings import BookingService
from appliance.services.buttons import ButtonService
from appliance.services.cameras.presets import state_directory
from appliance.services.display import DisplayService
from appliance.services.encoders import EncoderService
from appliance.services.keypad import KeypadService
from appliance.services.network.blame import OURS
from appliance.services.presence import PresenceService
from appliance.services.reader import ReaderService
from appliance.services.speakerphone import SpeakerphoneService
from appliance.terminal.boxes import own_socket
from drivers.keypad.keypad import Keypad
from drivers.speakerphone.speakerphone import Speakerphone

Table = Callable[[Parts], Iterable[Service]]


def display(parts: Parts) -> Iterator[Service]:
    """Yields the OLED of `[display]`, which is the first to show that the box is alive."""
    if parts.config.display is not None:
        service = _display(parts, parts.config.display)
        yield Service("display", parts.displays.joined("display", service, service.run), wakes_on="i2c-dev")


def _display(parts: Parts, config: Display) -> DisplayService:
    return DisplayService(
        functools.partial(parts.hardware.display, config),
        parts.store,
        config.policy,
        name=parts.config.room.name,
        address=lambda: parts.address.text,
        clock=parts.clock,
        remark=lambda: parts.card.text or _remark(parts),
        language=parts.language,
        joins=lambda state: joins(parts.buttons, parts.bindings, state),
        said=parts.said,
    )


def _remark(parts: Parts) -> str:
    """Returns why the last update was not to be; nothing where it was."""
    update = parts.store.state.update
    return parts.language.say(update.told) if update.failed else ""


def tones(parts: Parts) -> Iterator[Service]:
    """Yields the Pi's own loudspeaker, where there is `[tones]`."""
    if parts.tones is not None:
        yield Service("tones", parts.tones.run, wakes_on="sound")


def speakerphones(parts: Parts) -> Iterator[Service]:
    """Yields a service for each of `[speakerphones]`: one that is unplugged costs no other."""
    for name, config in parts.config.speakerphones.items():
        phone = Speakerphone(config, parts.hardware.speakerphone(name), parts.hardware.profiles)
        service = SpeakerphoneService(name, phone, parts.store, parts.controller.put)
        run = parts.speakerphones.joined(name, service, service.run)
        yield Service(named("speakerphone", name), run, wakes_on="hidraw")


def middle(parts: Parts) -> Iterator[Service]:
    """Yields what every room has: its surroundings, the link, and what goes from one side to the other."""
    yield Service("address", parts.address.run)
    yield Service("card", parts.card.run)
    if OURS.exists():  # elsewhere somebody else looks after the network
        yield Service("network", parts.network.run)
    yield Service("link", parts.terminal.run)
    yield Service("controller", parts.controller.run)
    yield Service("audit", AuditService(state_directory(), parts.audit).run)
    yield Service("update", parts.update.run)
    yield Service("reactions", parts.reactions.run)


def access(parts: Parts) -> Iterator[Service]:
    """Yields what keeps passwords and tokens, and what tries parts, where there are pages to log in to."""
    if parts.config.panel is not None:
        yield Service("access", parts.access.run)
        yield Service("trials", parts.trying.run)


def settings(parts: Parts) -> Iterator[Service]:
    """Yields what reads and changes the terminal's settings, where there are pages for them."""
    if parts.config.panel is not None:
        yield Service("terminal settings", parts.settings.run)


def bookings(parts: Parts) -> Iterator[Service]:
    """Yields what keeps the decisions of `[panel.door]`."""
    if parts.config.panel is not None and parts.config.panel.door.decides:
        yield Service("bookings", BookingService(state_directory(), parts.store).run)


def buttons(parts: Parts) -> Iterator[Service]:
    """Yields a service for each push button, also those of knobs: a pin that cannot be used costs no other."""
    for name, config in parts.config.push_buttons().items():
        later = config.hold_times()[1:]
        service = ButtonService(name, config.hardware(), parts.hardware.pins, parts.controller.put, later)
        yield Service(named("button", name), service.run)


def encoders(parts: Parts) -> Iterator[Service]:
    """Yields a service for each of `[encoders]`: a pin that cannot be used costs no other."""
    for name, config in parts.config.encoders.items():
        service = EncoderService(name, config, parts.hardware.pins, parts.controller.put)
        yield Service(named("encoder", name), service.run)


def presence(parts: Parts) -> Iterator[Service]:
    """Yields a service for each of `[presence]`: a pin that cannot be used costs no other."""
    for name, config in parts.config.presence.items():
        service = PresenceService(name, config, parts.hardware.pins, parts.store.apply)
        yield Service(named("presence", name), service.run)


def keypads(parts: Parts) -> Iterator[Service]:
    """Yields a service for each of `[keypads]`."""
    for name, config in parts.config.keypads.items():
        keypad = Keypad(config, parts.hardware.keypad(name))
        bound = frozenset(config.bindings())
        service = KeypadService(name, keypad, config.gestures(), bound, parts.controller.put)
        yield Service(named("keypad", name), service.run, wakes_on="input")


def readers(parts: Parts) -> Iterator[Service]:
    """Yields a service for each of `[readers]`."""
    for name, config in parts.config.readers.items():
        service = ReaderService(
            name, Keypad(config, parts.hardware.keypad(name)), parts.controller.put, config.alt_codes
        )
        yield Service(named("reader", name), service.run, wakes_on="input")


def shared(parts: Parts) -> Iterator[Service]:
    """Yields what serves the terminal's session to programs: on this machine, and on the network as `[share]` says.

    Here there has to be a folder for its socket. The first service carries the commands of both.
    """
    place, config = own_socket(), parts.config.share
    if place is not None or config is not None:
        yield Service("sharing", functools.partial(parts.sharing.run, place))
    if config is None:
        return
    from appliance.services.network_sharing import NetworkSharingService  # noqa: PLC0415  # who shares nothing there need not wait for its libraries

    yield Service("network sharing", NetworkSharingService(config, parts.sharing, parts.config.terminal.host).run)


def events(parts: Parts) -> Iterator[Service]:
    """Yields what tells programs of events, where any is told."""
    if parts.happenings is not None:
        yield Service("events", parts.happenings.run)


def mqtt(parts: Parts) -> Iterator[Service]:
    """Yields what keeps the room on a broker, where there is `[mqtt]`."""
    if parts.config.mqtt is None:
        return
    from appliance.run.tables.mqtt import mqtt_service  # noqa: PLC0415  # who has no broker need not wait for its libraries

    yield mqtt_service(parts)


def webhooks(parts: Parts) -> Iterator[Service]:
    """Yields a service for each of `[webhooks]`."""
    if not parts.config.webhooks:
        return
    from appliance.run.tables.webhooks import webhook_services  # noqa: PLC0415  # who has none need not wait for its libraries

    yield from webhook_services(parts)


ROOM: tuple[Table, ...] = (
    display,
    lamps,
    bars,
    relays,
    screens,
    tones,
    speakerphones,
    access,
    bookings,
    middle,
    settings,
    calendar,
    buttons,
    encoders,
    presence,
    keypads,
    readers,
    cameras,  # [joysticks], [visca], [cameras] and [far_end]: they share presets, and find each other's cameras
    events,
    mqtt,
    webhooks,
)
