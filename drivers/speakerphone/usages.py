"""The HID usages that the driver knows: page in the upper 16 bits, usage ID in the lower.

Source: USB-IF, HID Usage Tables 1.5, pages 08 (LED), 09 (Button), 0B (Telephony Device) and 0C (Consumer).
"""

from typing import Final

GENERIC_DESKTOP: Final = 0x01
BUTTON: Final = 0x09
TELEPHONY: Final = 0x0B

# Keys and switches, in input reports
HOOK_SWITCH: Final = 0x0B0020
FLASH: Final = 0x0B0021
HOLD: Final = 0x0B0023
REDIAL: Final = 0x0B0024
DROP: Final = 0x0B0026
PHONE_MUTE: Final = 0x0B002F
REJECT_BUTTONS: Final = (0x090007, 0x090001)  # only inside a telephony collection
VOLUME: Final = 0x0C00E0
VOLUME_UP: Final = 0x0C00E9
VOLUME_DOWN: Final = 0x0C00EA
KEYS: Final = {0x0B00B0 + index: symbol for index, symbol in enumerate("0123456789*#ABCD")}

HEARD: Final = frozenset(
    {
        HOOK_SWITCH,
        FLASH,
        HOLD,
        REDIAL,
        DROP,
        PHONE_MUTE,
        *REJECT_BUTTONS,
        VOLUME,
        VOLUME_UP,
        VOLUME_DOWN,
        *KEYS,
    }
)

# Lamps, in output reports
LED_MUTE: Final = 0x080009
LED_OFF_HOOK: Final = 0x080017
LED_RING: Final = 0x080018
LED_HOLD: Final = 0x080020
LED_MICROPHONE: Final = 0x080021  # some devices' mute lamp


def page(usage: int) -> int:
    """Returns the usage page of a full usage."""
    return usage >> 16
