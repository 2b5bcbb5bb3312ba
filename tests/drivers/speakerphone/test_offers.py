from drivers.speakerphone.descriptor import parse
from drivers.speakerphone.offers import LAMPS, NAMES, How, Offer, offers
from drivers.speakerphone.telephony import LAMP_USAGES
from drivers.speakerphone.usages import HEARD
from tests.drivers.speakerphone import descriptors as hid


def test_everything_that_is_understood_or_lit_has_a_name() -> None:
    assert set(NAMES) == set(HEARD)
    assert set(LAMPS) >= LAMP_USAGES


def test_a_device_with_two_reports_and_a_vendor_page() -> None:
    assert offers(parse(hid.JABRA_LIKE)) == [
        Offer(1, "volume up", How.ABSOLUTE),
        Offer(1, "volume down", How.ABSOLUTE),
        Offer(2, "hook", How.ABSOLUTE),
        Offer(2, "mute", How.RELATIVE),
        Offer(2, "flash", How.RELATIVE),
        Offer(2, "reject", How.ABSOLUTE),
        *(Offer(2, f"key {symbol}", How.ARRAY) for symbol in "0123456789*#"),
        Offer(2, "off hook", How.LAMP),
        Offer(2, "ring", How.LAMP),
        Offer(2, "microphone", How.LAMP),
        Offer(2, "hold", How.LAMP),
    ]


def test_reports_without_numbers_and_two_reject_buttons_that_are_one() -> None:
    assert offers(parse(hid.LOGITECH_LIKE)) == [
        Offer(0, "hook", How.RELATIVE),
        Offer(0, "mute", How.RELATIVE),
        Offer(0, "reject", How.ABSOLUTE),
        Offer(0, "volume up", How.ABSOLUTE),
        Offer(0, "volume down", How.ABSOLUTE),
        Offer(0, "off hook", How.LAMP),
        Offer(0, "ring", How.LAMP),
        Offer(0, "mute", How.LAMP),
    ]


def test_a_keyboard_has_buttons_and_lamps_that_are_not_ours() -> None:
    assert offers(parse(hid.KEYBOARD)) == []
