"""Which HID devices the driver serves. Used by the driver and, without starting it, by udev's helper.

A telephony device is one by its report descriptor (`controls`). A mute key alone is not enough, because most keyboards
have one: there the USB device must have sound, too, as a microphone with a mute key has.
"""

from pathlib import Path
from typing import Final

from drivers.identity import PORT
from drivers.speakerphone.controls import has_mute, is_telephony
from drivers.speakerphone.descriptor import Descriptor

_AUDIO: Final = "01"  # bInterfaceClass, USB-IF's list of class codes


def is_eligible(hid: Path, descriptor: Descriptor) -> bool:
    """Returns whether the HID device at a path in /sys is a speakerphone, a headset or a microphone with a mute key."""
    return is_telephony(descriptor) or (has_mute(descriptor) and has_sound(hid))


def has_sound(hid: Path) -> bool:
    """Returns whether another interface of the same USB device is for audio."""
    usb = hid.resolve().parent.parent
    return bool(PORT.fullmatch(usb.name)) and any(
        file.read_text("ascii", "replace").strip() == _AUDIO for file in usb.glob("*:*/bInterfaceClass")
    )
