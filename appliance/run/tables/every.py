"""The tables of `room.toml`, and the services that each asks for.

`ROOM` is the one list that a new table joins: a function that takes the room's `Parts` and yields its services, none
where the configuration does not have the table. Its order is the order of their start, which people notice: what
shows first, then what is shown, then what people touch. Services end in the reverse order.
"""

from collections.abc import Callable, Iterable, Iterator

from appliance.run.parts import Parts
from appliance.run.tables.calendar import calendar
from appliance.run.tables.cameras import cameras
from appliance.run.tables.display import display
from appliance.run.tables.lamps import bars, lamps
from appliance.run.tables.outputs import relays, screens
from appliance.run.tables.sounds import speakerphones, tones
from appliance.run.tables.touched import buttons, encoders, keypads, presence, readers
from appliance.runtime.supervisor import Service
from appliance.services.bookings import BookingService
from appliance.services.box.audit import AuditService
from appliance.services.network.blame import OURS
from appliance.services.state_files import state_directory

Table = Callable[[Parts], Iterable[Service]]


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
