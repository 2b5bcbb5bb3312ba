"""What has to be imported for some rooms only: loaded before a room runs, and beside the one that runs already.

Modules are imported where their table is built, so that a room that has no such table starts without them. While a
room runs that would hold up everything, for up to a second on a small Pi: so whoever takes another configuration has a
thread load them first, and building then finds them there.
"""

import importlib
from collections.abc import Iterator

from appliance.config.schema import Config

_ALWAYS = ("encodings.idna",)  # what looks up a name loads it


def load(config: Config) -> None:
    """Imports what a room of this configuration is built with and imports when it is. Blocks."""
    for name in libraries(config):
        importlib.import_module(name)


def libraries(config: Config) -> Iterator[str]:
    """Yields the names of the modules."""
    yield from _ALWAYS
    if config.display is not None:
        yield "PIL.ImageFile"  # Pillow loads it with the first picture
    if config.panel is not None or config.kiosk is not None:
        yield from ("appliance.run.pages.screen", "appliance.run.pages.status", "appliance.services.pages.panel")
    if config.share is not None:
        yield "appliance.services.programs.network_sharing"
    if config.tells_events:
        yield "appliance.services.programs.happenings"
    if config.mqtt is not None:
        yield "appliance.run.tables.mqtt"
    if config.mqtt is not None and config.mqtt.home_assistant is not None:
        yield from ("appliance.fleet.home_assistant.entities", "appliance.services.mqtt.announcing")
    if config.webhooks:
        yield "appliance.run.tables.webhooks"
    if config.calendar is not None:
        yield "appliance.services.calendar"
    if config.metrics is not None or config.api is not None:
        yield "appliance.services.programs.metrics"
