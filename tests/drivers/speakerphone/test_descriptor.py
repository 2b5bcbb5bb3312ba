import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.speakerphone.descriptor import Descriptor, DescriptorError, Field, Kind, parse
from tests.drivers.speakerphone import descriptors as hid
from tests.drivers.speakerphone.noise import item_lists


def places(descriptor: Descriptor, kind: Kind) -> dict[int, tuple[int, int]]:
    """Usage of each variable to (report id, bit)."""
    found = {}
    for field in descriptor.fields:
        for index in range(field.count if field.variable and field.kind is kind else 0):
            usage = field.usage(index)
            assert usage is not None
            found[usage] = (field.report_id, field.offset + index * field.size)
    return found


class TestRealLooking:
    def test_generic(self) -> None:
        descriptor = parse(hid.GENERIC)
        assert descriptor.applications == (0x0C0001, 0x0B0005)
        assert descriptor.numbered
        assert places(descriptor, Kind.INPUT) == {
            0x0C00E9: (1, 0),
            0x0C00EA: (1, 1),
            0x0B0020: (2, 0),
            0x0B0097: (2, 1),
            0x0B002F: (2, 2),
            0x0B0021: (2, 3),
            0x0B0024: (2, 4),
            0x0B0050: (2, 5),
            0x090007: (2, 6),  # the page in force at the main item
        }
        assert places(descriptor, Kind.OUTPUT) == {
            0x080017: (2, 0),
            0x080009: (2, 1),
            0x080018: (2, 2),
            0x080020: (2, 3),
            0x080021: (2, 4),
            0x0B009E: (2, 5),
        }
        assert descriptor.bits == {(Kind.INPUT, 1): 2, (Kind.INPUT, 2): 16, (Kind.OUTPUT, 2): 16}

    def test_array(self) -> None:
        (array,) = [field for field in parse(hid.GENERIC).fields if not field.variable]
        assert (array.offset, array.size, array.count) == (7, 4, 1)
        assert (array.logical_min, array.logical_max) == (0, 11)
        assert array.usages == ((0x0B00B0, 0x0B00BB),)

    def test_absolute_and_relative(self) -> None:
        relative = {field.usage(0) for field in parse(hid.GENERIC).fields if field.relative}
        assert relative == {0x0B002F}

    def test_push_pop_and_nested_collections(self) -> None:
        descriptor = parse(hid.JABRA_LIKE)
        assert places(descriptor, Kind.INPUT)[0x090007] == (2, 3)
        assert places(descriptor, Kind.OUTPUT) == {
            0x080017: (2, 0),
            0x080018: (2, 1),
            0x080020: (2, 2),
            0x080021: (2, 3),
        }
        button = next(field for field in descriptor.fields if field.index(0x090007) is not None)
        assert button.application == 0x0B0005
        keypad = next(field for field in descriptor.fields if field.index(0x0B00B0) is not None)
        assert (keypad.logical_min, keypad.offset) == (1, 4)

    def test_usages_that_bring_their_page(self) -> None:
        assert places(parse(hid.YEALINK_LIKE), Kind.INPUT)[0x090007] == (4, 6)
        assert places(parse(hid.YEALINK_LIKE), Kind.OUTPUT)[0x080018] == (4, 2)

    def test_reports_without_numbers(self) -> None:
        descriptor = parse(hid.LOGITECH_LIKE)
        assert not descriptor.numbered
        assert places(descriptor, Kind.INPUT)[0x0C00EA] == (0, 5)


def test_last_usage_stands_for_the_rest_and_index_ends() -> None:
    field = parse(hid.KEYBOARD).fields[0]
    assert [field.usage(index) for index in (0, 7, 8)] == [0x0700E0, 0x0700E7, None]
    assert field.index(0x0700E8) is None
    assert field.usage_count() == 8


def test_negative_logical_range() -> None:
    body = hid.item(0x14, -1, 1) + hid.item(0x24, 1, 1) + hid.bits(2, 1) + hid.usage(0xE0) + hid.data_in(hid.RELATIVE)
    (field,) = parse(hid.application(0x0C, 1, body)).fields
    assert (field.logical_min, field.logical_max) == (-1, 1)


def test_first_of_delimited_alternatives() -> None:
    body = b"\xa9\x01" + hid.usage(0x20) + hid.usage(0x21) + b"\xa9\x00" + hid.usage(0x2F)
    whole = hid.application(0x0B, 5, hid.logical(0, 1), hid.bits(1, 2), body, hid.data_in(hid.DATA_VARIABLE))
    assert parse(whole).fields[0].usages == ((0x0B0020, 0x0B0020), (0x0B002F, 0x0B002F))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x05", "byte 0: the item ends after 0 of 1"),
        (b"\xc0", "byte 0: the end of a collection"),
        (b"\x05\x0b\x09\x05\xa1\x01", "ends inside 1 collection"),
        (b"\xb4", "byte 0: a pop without a push"),
        (b"\xa4" * 5, "byte 4: more than 4 pushes"),
        (b"\xa1\x00" * 65, "byte 128: collections nested deeper"),
        (b"\xfe\x00\x00", "long item"),
        (b"\x85\x00", "report id 0"),
        (b"\x86\x00\x01", "report id 256"),
        (b"\x76\x01\x01", "values of 257 bits"),
        (b"\x15\x05\x25\x01\x81\x02", "logical range 5 to 1"),
        (b"\x75\xff\x96\xff\xff\x81\x02", "longer than 16384 bytes"),
        (b"\x1b\x00\x00\x00\x00\x2b\xff\xff\xff\xff\x81\x02", "more than 12288 usages"),
        (bytes(4097), "4097 bytes: expected at most 4096"),
    ],
)
def test_wrong_descriptor_says_where_and_what(data: bytes, said: str) -> None:
    with pytest.raises(DescriptorError, match=said):
        parse(data)


@given(st.binary(max_size=4096))
def test_noise_is_read_or_refused(noise: bytes) -> None:
    try:
        descriptor = parse(noise)
    except DescriptorError:
        return
    assert all(field.offset + field.size * field.count <= 16384 * 8 for field in descriptor.fields)


@given(item_lists)
def test_items_in_any_order_are_read_or_refused(data: bytes) -> None:
    try:
        descriptor = parse(data)
    except DescriptorError:
        return
    for field in descriptor.fields:
        assert field.index(field.usages[0][0]) == 0
        assert field.usage(field.usage_count()) is None


def usages_of(body: bytes) -> tuple[tuple[int, int], ...]:
    whole = hid.application(0x0B, 5, hid.logical(0, 1) + hid.bits(1, 2) + body + hid.data_in(hid.DATA_VARIABLE))
    return parse(whole).fields[0].usages


@pytest.mark.parametrize(
    ("body", "usages"),
    [
        (hid.usage(0x07) + hid.page(9), [0x090007]),
        (hid.usage(0x07) + hid.page(9) + hid.usage(0x01), [0x0B0007, 0x090001]),
        (hid.usage(0x20) + hid.usage(0x21) + hid.page(9), [0x090020, 0x090021]),
        (hid.usage(0x20) + hid.page(9) + hid.usage(0x07) + hid.page(0x0C), [0x0C0020, 0x0C0007]),
        (hid.usage(0x20) + hid.usage(0x0B0021) + hid.page(9), [0x090020, 0x0B0021]),
        (hid.usage(0x20) + hid.page(9) + hid.usage(0x07) + hid.usage(0x0B0021), [0x0B0020, 0x090007, 0x0B0021]),
    ],
)
def test_page_that_is_set_after_a_usage(body: bytes, usages: list[int]) -> None:
    """As hid_concatenate_last_usage_page() in Linux has it."""
    assert usages_of(body) == tuple((usage, usage) for usage in usages)


def test_items_of_the_reserved_type_are_skipped() -> None:
    assert usages_of(b"\x0c" + hid.usage(0x20) + b"\x5e\x01\x02") == ((0x0B0020, 0x0B0020),)
    assert parse(b"\x0c\xfd\x01").fields == ()


@given(st.lists(st.tuples(st.integers(0, 15), st.integers(0, 255)), max_size=20))
def test_reserved_items_change_nothing(reserved: list[tuple[int, int]]) -> None:
    skipped = b"".join(bytes([tag << 4 | 0x0D, value]) for tag, value in reserved)
    assert parse(skipped + hid.GENERIC).fields == parse(hid.GENERIC).fields


def test_constant_field_with_usages_is_none_of_the_padding() -> None:
    hook = hid.logical(0, 1) + hid.bits(1, 1) + hid.usage(0x20) + hid.data_in(0x23) + hid.padding_in(7)
    (field,) = parse(hid.application(0x0B, 5, hook)).fields
    assert (field.constant, field.usages) == (True, ((0x0B0020, 0x0B0020),))


class Made:
    """A main item to build and to read back."""

    def __init__(self, size: int, count: int, low: int, first: int, flags: int, number: int, kind: Kind) -> None:
        self.size, self.count, self.low, self.first = size, count, low, first
        self.flags, self.number, self.kind = flags, number, kind

    def encoded(self) -> bytes:
        return b"".join(
            [
                hid.report(self.number) + hid.page(0x0B) + hid.logical(self.low, 100) + hid.bits(self.size, self.count),
                hid.usages(self.first, self.first + self.count - 1),
                bytes([self.kind << 4 | 1, self.flags]),
            ]
        )

    def field(self, offset: int) -> Field:
        usages = ((0x0B0000 + self.first, 0x0B0000 + self.first + self.count - 1),)
        variable, relative = bool(self.flags & 2), bool(self.flags & 4)
        place = (self.kind, self.number, offset, self.size, self.count)
        return Field(*place, usages, variable, relative, self.low, 100, 0x0B0005, bool(self.flags & 1))


made = st.builds(
    Made,
    st.integers(1, 32),
    st.integers(1, 20),
    st.integers(-100, 100),
    st.integers(0, 200),
    st.sampled_from([hid.ARRAY, hid.DATA_VARIABLE, hid.RELATIVE, hid.CONSTANT, 0x07, 0x23]),
    st.integers(1, 255),
    st.sampled_from(Kind),
)


@given(st.lists(made, max_size=20))
def test_what_was_built_is_read_back(parts: list[Made]) -> None:
    descriptor = parse(hid.application(0x0B, 5, *(part.encoded() for part in parts)))
    ends: dict[tuple[Kind, int], int] = {}
    expected = []
    for part in parts:
        offset = ends.get((part.kind, part.number), 0)
        expected.append(part.field(offset))
        ends[part.kind, part.number] = offset + part.size * part.count
    assert list(descriptor.fields) == expected
    assert descriptor.bits == ends
