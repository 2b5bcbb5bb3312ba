"""A mute key alone is not enough: the USB device must have sound, too."""

from pathlib import Path

import pytest

from drivers.speakerphone.descriptor import parse
from drivers.speakerphone.eligible import is_eligible
from tests.drivers.speakerphone import descriptors as hid


def plugged(root: Path, *classes: str) -> Path:
    """USB device 1-1.3 with a HID interface and others, as /sys has it; where its hidraw device points to."""
    usb = root / "devices" / "usb1" / "1-1" / "1-1.3"
    for number, code in enumerate(("03", *classes)):
        interface = usb / f"1-1.3:1.{number}"
        interface.mkdir(parents=True)
        (interface / "bInterfaceClass").write_text(f"{code}\n")
    hid_device = usb / "1-1.3:1.0" / "0003:1532:0511.0001"
    hid_device.mkdir()
    (root / "device").symlink_to(hid_device)
    return root / "device"


@pytest.mark.parametrize(("classes", "eligible"), [(("01", "01"), True), (("0e", "01"), True), (("03",), False)])
def test_a_mute_key(tmp_path: Path, classes: tuple[str, ...], eligible: bool) -> None:
    assert is_eligible(plugged(tmp_path, *classes), parse(hid.MUTE_KEY)) is eligible


def test_a_mute_key_on_no_usb_device(tmp_path: Path) -> None:
    (tmp_path / "device").mkdir()
    assert not is_eligible(tmp_path / "device", parse(hid.MUTE_KEY))


def test_a_telephony_device_needs_no_sound_and_a_keyboard_with_sound_is_none(tmp_path: Path) -> None:
    assert is_eligible(tmp_path, parse(hid.GENERIC))
    assert not is_eligible(plugged(tmp_path, "01"), parse(hid.KEYBOARD))
