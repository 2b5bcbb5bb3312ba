"""Buttons and lamps on the pins of a Raspberry Pi."""

from drivers.gpio.buttons import ButtonEvent, Buttons
from drivers.gpio.config import ButtonConfig, LampConfig
from drivers.gpio.debounce import Kind
from drivers.gpio.factory import pin_factory
from drivers.gpio.fake import VirtualGpio
from drivers.gpio.lamps import Lamps, Pattern

__all__ = [
    "ButtonConfig",
    "ButtonEvent",
    "Buttons",
    "Kind",
    "LampConfig",
    "Lamps",
    "Pattern",
    "VirtualGpio",
    "pin_factory",
]
