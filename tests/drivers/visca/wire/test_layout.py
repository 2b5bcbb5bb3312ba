import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.visca.wire import commands, inquiries, replies
from drivers.visca.wire.layout import Catalogue, Message, decode, encode

ANSWERS = Catalogue(
    (
        inquiries.Version,
        inquiries.SwitchState,
        inquiries.FocusModeState,
        inquiries.ValueReply,
        inquiries.LastMemory,
        inquiries.PanTiltPosition,
        inquiries.PanTiltPositionLong,
        inquiries.MaxSpeed,
        inquiries.PanTiltStatus,
    )
)
TOLD_APART = [commands.COMMANDS, commands.BROADCASTS, inquiries.INQUIRIES, replies.REPLIES]
KINDS = [kind for catalogue in (*TOLD_APART, ANSWERS) for kind in catalogue.kinds] + [commands.Cancel]


def values_of(field: msgspec.inspect.Field) -> st.SearchStrategy[int]:
    kind = field.type
    if isinstance(kind, msgspec.inspect.EnumType):
        return st.sampled_from(list(kind.cls))
    assert isinstance(kind, msgspec.inspect.IntType)
    assert kind.ge is not None
    assert kind.le is not None, f"{field.name} has no range"
    return st.integers(kind.ge, kind.le)


def messages_of(kind: type[Message]) -> st.SearchStrategy[Message]:
    info = msgspec.inspect.type_info(kind)
    assert isinstance(info, msgspec.inspect.StructType)
    return st.builds(kind, **{field.name: values_of(field) for field in info.fields})


MESSAGES = st.sampled_from(KINDS).flatmap(messages_of)


@given(MESSAGES)
def test_what_is_encoded_is_decoded_to_the_same(message: Message) -> None:
    assert decode(encode(message), type(message)) == message


@given(st.data())
def test_messages_are_told_apart_by_their_bytes(data: st.DataObject) -> None:
    catalogue = data.draw(st.sampled_from(TOLD_APART))
    message = data.draw(st.sampled_from(catalogue.kinds).flatmap(messages_of))
    assert catalogue.decode(encode(message)) == message


@given(st.binary(max_size=14))
def test_any_bytes_are_a_message_that_says_the_same_or_none(body: bytes) -> None:
    for catalogue in TOLD_APART:
        message = catalogue.decode(body)
        assert message is None or encode(message) == body


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("01 06 01 18 14 01 03", commands.PanTiltDrive(0x18, 0x14, commands.Pan.LEFT, commands.Tilt.STOP)),
        ("01 06 02 18 00 0F 07 02 05 00 04 0B 00", commands.PanTiltAbsolute(0x18, 0, -0x8DB, 0x4B0)),
        ("01 06 03 01 01 0F 0F 0F 0F 00 00 00 01", commands.PanTiltRelative(1, 1, -1, 1)),
        ("01 04 07 27", commands.ZoomTeleVariable(7)),
        ("01 04 47 04 00 00 00", commands.ZoomDirect(0x4000)),
        ("01 04 3F 02 FE", commands.Memory(commands.MemoryAction.RECALL, 0xFE)),
        ("01 06 07 01 01 07 0F 0F 0F 07 0F 0F 0F", commands.LimitClear(1)),
    ],
)
def test_bytes_of_the_command_lists(body: str, message: Message) -> None:
    assert commands.COMMANDS.decode(bytes.fromhex(body)) == message
    assert encode(message) == bytes.fromhex(body)


@pytest.mark.parametrize(
    "body",
    [
        "01 06 01 18 14 00 03",  # no such direction
        "01 06 01 18 14 03",  # too short
        "01 06 01 18 14 03 03 00",  # too long
        "01 04 47 14 00 00 00",  # a nibble that is none
        "01 04 00 04",  # neither on nor off
        "01 04 3F 03 00",
        "01",
        "7F",
    ],
)
def test_what_is_nearly_a_command_is_none(body: str) -> None:
    assert commands.COMMANDS.decode(bytes.fromhex(body)) is None
