"""`[buttons]`, `[encoders]`, `[presence]`, `[keypads]` and `[readers]`: what people touch, or are seen by."""

from collections.abc import Iterator

from appliance.run.named import named
from appliance.run.parts import Parts
from appliance.runtime.supervisor import Service
from appliance.services.inputs.buttons import ButtonService
from appliance.services.inputs.encoders import EncoderService
from appliance.services.inputs.keypad import KeypadService
from appliance.services.inputs.presence import PresenceService
from appliance.services.inputs.reader import ReaderService
from drivers.keypad.keypad import Keypad


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
