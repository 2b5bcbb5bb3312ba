"""What `offhook visca monitor` says of frames."""

import pytest

from drivers.visca.wire.describe import Describer

NOT_UNDERSTOOD = "not understood"


def described(*frames: str) -> list[str]:
    describer = Describer()
    return [describer.describe(bytes.fromhex(frame)) for frame in frames]


def meaning(*frames: str) -> str:
    """What is said of the last of some frames, after who sends it to whom, and its bytes."""
    return described(*frames)[-1].rsplit("  ", 1)[1]


@pytest.mark.parametrize(
    ("frame", "line"),
    [
        ("81 01 06 04 FF", "controller > camera 1  81 01 06 04 FF  PanTiltHome()"),
        ("87 01 04 07 2a FF", "controller > camera 7  87 01 04 07 2A FF  ZoomTeleVariable(speed=A)"),
        ("A0 41 FF", "camera 2 > controller  A0 41 FF  Ack(socket=1)"),
        ("88 30 01 FF", "controller > all  88 30 01 FF  AddressSet(address=1)"),
        ("98 30 02 FF", "camera 1 > all  98 30 02 FF  AddressSet(address=2)"),
        ("90 38 FF", "camera 1 > controller  90 38 FF  NetworkChange()"),
        ("81 01 7F FF", "controller > camera 1  81 01 7F FF  not understood"),
    ],
)
def test_a_line_says_who_speaks_to_whom_in_which_bytes_and_what_they_mean(frame: str, line: str) -> None:
    assert described(frame) == [line]


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        ("81 01 06 01 18 05 01 03 FF", "PanTiltDrive(pan_speed=18, tilt_speed=05, pan=1 LEFT, tilt=3 STOP)"),
        ("81 01 04 3F 02 0A FF", "Memory(action=2 RECALL, number=0A)"),
        ("81 01 04 00 02 FF", "Power(state=02 ON)"),
        (
            "81 01 06 03 01 02 0F 0F 0F 0E 00 01 02 03 FF",
            "PanTiltRelative(pan_speed=01, tilt_speed=02, pan=FFFE, tilt=0123)",
        ),
        (
            "81 01 06 02 01 02 0F 0F 0F 0F 0E 00 01 02 03 FF",
            "PanTiltAbsoluteLong(pan_speed=01, tilt_speed=02, pan=FFFFE, tilt=0123)",
        ),
        ("81 01 04 47 04 00 0A 00 FF", "ZoomDirect(zoom=40A0)"),
        ("81 21 FF", "Cancel(socket=1)"),
        ("81 01 00 01 FF", "InterfaceClear()"),
        ("90 61 41 FF", "Error(socket=1, reason=41 NOT_EXECUTABLE)"),
        ("88 01 00 10 FF", "MistypedInterfaceClear()"),
        ("88 01 06 04 FF", NOT_UNDERSTOOD),  # nobody moves all cameras
        ("90 01 06 04 FF", NOT_UNDERSTOOD),  # a camera that commands
        ("81 41 FF", NOT_UNDERSTOOD),  # a controller that acknowledges
        ("90 50 02 FF", NOT_UNDERSTOOD),  # the answer to what nobody asked
    ],
)
def test_values_are_in_the_digits_of_the_manuals_and_named_where_they_have_names(frame: str, said: str) -> None:
    assert meaning(frame) == said


POWER, ZOOM, VERSION, PAN_TILT = "81 09 04 00 FF", "81 09 04 47 FF", "81 09 00 02 FF", "81 09 06 12 FF"


@pytest.mark.parametrize(
    ("inquiry", "reply", "said"),
    [
        (POWER, "90 50 02 FF", "SwitchState(state=02 ON)"),
        (ZOOM, "90 50 04 00 00 01 FF", "ValueReply(value=4001)"),
        (VERSION, "90 50 00 01 04 02 01 00 02 FF", "Version(vendor=0001, model=0402, rom=0100, sockets=02)"),
        (PAN_TILT, "90 50 0F 0F 0F 0F 00 00 00 01 FF", "PanTiltPosition(pan=FFFF, tilt=0001)"),
        (PAN_TILT, "90 50 0F 0F 0F 0F 0F 00 00 00 01 FF", "PanTiltPositionLong(pan=FFFFF, tilt=0001)"),
        ("81 09 04 35 FF", "90 50 05 FF", "Mode(mode=05)"),
        (POWER, "90 50 04 FF", NOT_UNDERSTOOD),  # neither on nor off
        (POWER, "90 40 02 FF", NOT_UNDERSTOOD),
    ],
)
def test_a_reply_means_what_was_asked(inquiry: str, reply: str, said: str) -> None:
    assert meaning(inquiry, reply) == said


def test_replies_belong_to_the_inquiries_of_their_camera_in_order() -> None:
    to_the_second = "82 09 04 3F FF"
    lines = described(
        POWER, to_the_second, ZOOM, "90 41 FF", "90 50 03 FF", "A0 50 03 FF", "90 50 00 00 00 02 FF", "90 50 03 FF"
    )
    said = [line.rsplit("  ", 1)[1] for line in lines[4:]]
    assert said == ["SwitchState(state=03 OFF)", "LastMemory(number=03)", "ValueReply(value=0002)", NOT_UNDERSTOOD]


def test_of_many_unanswered_inquiries_the_last_eight_are_remembered() -> None:
    assert meaning(*[ZOOM] * 2, *[POWER] * 8, "90 50 02 FF") == "SwitchState(state=02 ON)"
    assert meaning(ZOOM, *[POWER] * 7, "90 50 02 FF") == NOT_UNDERSTOOD
    assert meaning(ZOOM, *[POWER] * 7, "90 50 00 00 00 02 FF") == "ValueReply(value=0002)"
