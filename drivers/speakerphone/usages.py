"""The HID usages that the driver knows: page in the upper 16 bits, usage ID in the lower.

Source: USB-IF, HID Usage Tables 1.5, pages 01 (Generic Desktop), 08 (LED), 09 (Button), 0B (Telephony Device) and 0C
(Consumer).
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
# Programmable Button 7 and 1, which count in a telephony collection only. Where the page of the buttons comes too late,
# usage 07 stays on the telephony page.
REJECT_BUTTONS: Final = (0x090007, 0x090001, 0x0B0007)
SYSTEM_MICROPHONE_MUTE: Final = 0x0100A9
CONSUMER_MUTE: Final = 0x0C00E2
MUTES: Final = (PHONE_MUTE, SYSTEM_MICROPHONE_MUTE, CONSUMER_MUTE)  # the first one that a device has is its mute key
TOGGLES: Final = frozenset({HOOK_SWITCH, HOLD, *MUTES})  # on/off controls (OOC), of which hook and hold have a state
VOLUME: Final = 0x0C00E0
VOLUME_UP: Final = 0x0C00E9
VOLUME_DOWN: Final = 0x0C00EA
KEYS: Final = {0x0B00B0 + index: symbol for index, symbol in enumerate("0123456789*#ABCD")}

HEARD: Final = (
    HOOK_SWITCH,
    *MUTES,
    FLASH,
    HOLD,
    REDIAL,
    DROP,
    *REJECT_BUTTONS,
    VOLUME_UP,
    VOLUME_DOWN,
    VOLUME,
    *KEYS,
)

# Lamps, in output reports
LED_MUTE: Final = 0x080009
LED_OFF_HOOK: Final = 0x080017
LED_RING: Final = 0x080018
LED_HOLD: Final = 0x080020
LED_MICROPHONE: Final = 0x080021  # some devices' mute lamp
LAMPS: Final = (LED_OFF_HOOK, LED_RING, LED_MUTE, LED_MICROPHONE, LED_HOLD)


def page(usage: int) -> int:
    """Returns the usage page of a full usage."""
    return usage >> 16
