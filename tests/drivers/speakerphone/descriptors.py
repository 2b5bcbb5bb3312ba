"""Report descriptors as devices have them, put together from short items (HID 1.11, section 6.2.2.2)."""

CONSTANT, DATA_VARIABLE, NO_PREFERRED, RELATIVE, ARRAY = 0x03, 0x02, 0x22, 0x06, 0x00


def item(prefix: int, value: int, size: int | None = None) -> bytes:
    """A short item with as few data bytes as the value needs, or `size`."""
    for code, length in ((0, 0), (1, 1), (2, 2), (3, 4)):
        if size in (None, length) and (length or value == 0) and -(1 << 8 * length) // 2 <= value < 1 << 8 * length:
            return bytes([prefix | code]) + value.to_bytes(length, "little", signed=value < 0)
    raise ValueError(value)


def page(value: int) -> bytes:
    return item(0x04, value, 1 if value < 0x100 else 2)


def usage(value: int) -> bytes:
    return item(0x08, value, 4 if value > 0xFFFF else 1 if value < 0x100 else 2)


def usages(first: int, last: int) -> bytes:
    return item(0x18, first, 1) + item(0x28, last, 1)


def logical(low: int, high: int) -> bytes:
    return item(0x14, low, 1) + item(0x24, high, 1 if high < 0x80 else 2)


def report(number: int) -> bytes:
    return item(0x84, number, 1)


def bits(size: int, count: int) -> bytes:
    return item(0x74, size, 1) + item(0x94, count, 1 if count < 0x100 else 2)


def data_in(flags: int) -> bytes:
    return item(0x80, flags, 1)


def data_out(flags: int) -> bytes:
    return item(0x90, flags, 1)


def application(usage_page: int, top: int, *body: bytes) -> bytes:
    return page(usage_page) + usage(top) + b"\xa1\x01" + b"".join(body) + END


def logical_collection(top: int, *body: bytes) -> bytes:
    return usage(top) + b"\xa1\x02" + b"".join(body) + END


def padding_in(count: int) -> bytes:
    return bits(1, count) + data_in(CONSTANT)


def padding_out(count: int) -> bytes:
    return bits(1, count) + data_out(CONSTANT)


END, PUSH, POP = b"\xc0", b"\xa4", b"\xb4"

GENERIC = b"".join(
    # the page of button 7 is set after its usage; the keypad's idle value names its first key
    [
        application(0x0C, 0x01, report(1), logical(0, 1), bits(1, 2), usage(0xE9), usage(0xEA), data_in(DATA_VARIABLE)),
        application(
            0x0B,
            0x05,
            report(2),
            logical(0, 1),
            bits(1, 2),
            usage(0x20) + usage(0x97) + data_in(NO_PREFERRED),
            bits(1, 4),
            usage(0x2F) + usage(0x21) + usage(0x24) + usage(0x50) + data_in(RELATIVE),
            bits(1, 1),
            usage(0x07) + page(0x09) + data_in(DATA_VARIABLE),
            page(0x0B) + logical(0, 11) + bits(4, 1) + usages(0xB0, 0xBB) + data_in(ARRAY),
            padding_in(5),
            page(0x08) + logical(0, 1) + bits(1, 5),
            b"".join(usage(each) for each in (0x17, 0x09, 0x18, 0x20, 0x21)) + data_out(NO_PREFERRED),
            page(0x0B) + usage(0x9E) + bits(1, 1) + data_out(NO_PREFERRED),
            padding_out(10),
        ),
    ]
)

JABRA_LIKE = b"".join(
    # microphone lamp instead of mute, a reject button inside a logical collection, keypad from 1, a vendor page
    [
        application(0xFF30, 0x01, report(5), logical(0, 255), bits(8, 62), usage(0x01), data_in(ARRAY)),
        application(
            0x0C, 0x01, report(1), logical(0, 1), bits(1, 3), usage(0xEA), usage(0xE9), usage(0xE2),
            data_in(DATA_VARIABLE), padding_in(5),
        ),
        application(
            0x0B,
            0x05,
            report(2),
            logical(0, 1),
            bits(1, 1) + usage(0x20) + data_in(DATA_VARIABLE),
            bits(1, 2) + usage(0x2F) + usage(0x21) + data_in(RELATIVE),
            logical_collection(0x06, PUSH, page(0x09), usage(0x07), bits(1, 1), data_in(DATA_VARIABLE), POP),
            PUSH,
            logical(1, 12) + bits(4, 1) + usages(0xB0, 0xBB) + data_in(0x40),
            POP,
            padding_in(8),
            page(0x08) + bits(1, 4),
            b"".join(usage(each) for each in (0x17, 0x18, 0x20, 0x21)) + data_out(DATA_VARIABLE),
            padding_out(12),
        ),
    ]
)  # fmt: skip

YEALINK_LIKE = application(
    0x0B,
    0x05,
    report(4),
    logical(0, 1),
    bits(1, 7),
    b"".join(usage(each) for each in (0x0B0020, 0x0B0097, 0x0B002F, 0x0B0023, 0x0B0021, 0x0B0024, 0x090007)),
    data_in(DATA_VARIABLE),
    padding_in(9),
    bits(1, 4),
    b"".join(usage(each) for each in (0x080017, 0x080009, 0x080018, 0x080020)),
    data_out(DATA_VARIABLE),
    padding_out(12),
)

LOGITECH_LIKE = application(
    # reports without numbers; volume and telephony in one; two reject buttons
    0x0B,
    0x01,
    logical(0, 1),
    bits(1, 2) + usage(0x20) + usage(0x2F) + data_in(RELATIVE),
    page(0x09) + usage(0x01) + usage(0x07) + data_in(DATA_VARIABLE),
    page(0x0C) + usage(0xE9) + usage(0xEA) + data_in(DATA_VARIABLE),
    padding_in(2),
    page(0x08) + bits(1, 3) + usage(0x17) + usage(0x09) + usage(0x18) + data_out(DATA_VARIABLE),
    padding_out(5),
)

KEYBOARD = application(
    0x01,
    0x06,
    logical(0, 1) + bits(1, 8) + page(0x07) + usages(0xE0, 0xE7) + data_in(DATA_VARIABLE),
    page(0x08) + bits(1, 5) + usages(0x01, 0x05) + data_out(DATA_VARIABLE),
    bits(1, 1) + usage(0x09) + data_out(DATA_VARIABLE),
    padding_out(2),
    page(0x09) + bits(1, 8) + usages(0x01, 0x08) + data_in(DATA_VARIABLE),
)

# Built from what is known of the devices (which usages, which report, which bits), not byte for byte as they are

JABRA_SPEAK = b"".join(
    # one report of volume and mute keys, one of telephony; the mute lamp is the microphone's; a vendor's switch
    [
        application(0x0C, 0x01, report(1), logical(0, 1), bits(1, 3), usage(0xEA), usage(0xE9), usage(0xE2),
                    data_in(DATA_VARIABLE), padding_in(5)),
        application(
            0x0B,
            0x05,
            report(2),
            logical(0, 1),
            bits(1, 1) + usage(0x20) + data_in(DATA_VARIABLE),
            bits(1, 2) + usage(0x2F) + usage(0x21) + data_in(RELATIVE),
            page(0x09) + bits(1, 2) + usage(0x07) + usage(0x01) + data_in(DATA_VARIABLE),
            padding_in(3),
            page(0x08) + bits(1, 5),
            b"".join(usage(each) for each in (0x17, 0x18, 0x20, 0x21, 0x09)) + data_out(DATA_VARIABLE),
            padding_out(3),
        ),
        application(0xFF30, 0x01, report(5), logical(0, 1), bits(8, 1), item(0x08, -1, 2), data_out(DATA_VARIABLE)),
    ]
)  # fmt: skip

LOGITECH_GROUP = application(
    # hook and mute only say that they were pressed, and are declared as states
    0x0B,
    0x05,
    report(1),
    logical(0, 1),
    bits(1, 2) + usage(0x20) + usage(0x2F) + data_in(DATA_VARIABLE),
    page(0x09) + usage(0x01) + usage(0x07) + data_in(DATA_VARIABLE),
    page(0x0C) + usage(0xE9) + usage(0xEA) + data_in(DATA_VARIABLE),
    padding_in(2),
    page(0x08) + bits(1, 3) + usage(0x17) + usage(0x09) + usage(0x18) + data_out(DATA_VARIABLE),
    padding_out(5),
)

POLYCOM_CX300 = application(
    0x0B,
    0x01,
    report(1),
    logical(0, 1),
    bits(1, 1) + usage(0x20) + data_in(DATA_VARIABLE) + usage(0x2F) + data_in(RELATIVE),
    page(0x09) + usage(0x07) + data_in(DATA_VARIABLE),
    page(0x0C) + bits(1, 2) + usage(0xE9) + usage(0xEA) + data_in(DATA_VARIABLE),
    padding_in(3),
    page(0x08) + bits(1, 3) + usage(0x17) + usage(0x18) + usage(0x09) + data_out(DATA_VARIABLE),
    padding_out(5),
)

GIGASET_ION = application(
    # in: hook, line busy, line, mute, flash, redial, speed dial, reject; out: two bytes of lamps and the ringer
    0x0B,
    0x05,
    report(2),
    logical(0, 1),
    bits(1, 3) + usage(0x20) + usage(0x97) + usage(0x2A) + data_in(DATA_VARIABLE),
    bits(1, 4) + usage(0x2F) + usage(0x21) + usage(0x24) + usage(0x50) + data_in(RELATIVE),
    page(0x09) + bits(1, 1) + usage(0x07) + data_in(DATA_VARIABLE),
    page(0x08) + bits(1, 6),
    b"".join(usage(each) for each in (0x17, 0x09, 0x18, 0x20, 0x21, 0x2A)) + data_out(DATA_VARIABLE),
    page(0x0B) + bits(1, 1) + usage(0x9E) + data_out(DATA_VARIABLE),
    padding_out(9),
)

REAL_LOOKING = {
    "generic": GENERIC,
    "jabra": JABRA_LIKE,
    "yealink": YEALINK_LIKE,
    "logitech": LOGITECH_LIKE,
    "keyboard": KEYBOARD,
    "jabra speak": JABRA_SPEAK,
    "logitech group": LOGITECH_GROUP,
    "polycom": POLYCOM_CX300,
    "gigaset": GIGASET_ION,
}


MUTE_KEY = application(0x0C, 1, logical(0, 1), bits(1, 1), usage(0xE2), data_in(DATA_VARIABLE), padding_in(7))
"""A mute key on the consumer page, and nothing else."""
