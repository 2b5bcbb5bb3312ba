"""`offhook visca` against an emulated camera in a process of its own."""

import os
import socket
import tty

import pytest

from appliance.cli.visca.command import _network_config
from appliance.cli.visca.words import parse_frames
from tests.cli.processes import Offhook, offhook

HOST = "127.0.0.1"


def free_port(kind: socket.SocketKind) -> int:
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@pytest.fixture(params=["pty", "tcp", "udp", "sony-udp"])
def line(request: pytest.FixtureRequest) -> object:
    """An emulated camera, by the name of its line."""
    if request.param == "pty":
        arguments: list[str] = []
    else:
        kind = socket.SOCK_STREAM if request.param == "tcp" else socket.SOCK_DGRAM
        arguments = ["--listen", f"{request.param}://{HOST}:{free_port(kind)}"]
    with Offhook("visca", "emulate-camera", *arguments, warm=True) as camera:
        yield camera.says(r"^ready: (.+)$", "out")[1]
        assert camera.end()[0] == 0


@pytest.mark.slow
def test_a_camera_is_found_asked_and_moved(line: str) -> None:
    assert offhook("visca", "scan", line) == (0, "camera 1  vendor 0001  model 040E  ROM 0001\n", "")
    code, out, err = offhook("visca", "send", line, "position")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "controller > camera 1  81 09 06 12 FF  PanTiltInquiry()",
        "camera 1 > controller  90 50 00 00 00 00 00 01 09 00 FF  PanTiltPosition(pan=0000, tilt=0190)",
    ]
    code, out, _ = offhook("visca", "send", line, "81", "01", "06", "04", "FF")
    assert code == 0
    assert [text.split("  ")[2] for text in out.splitlines()] == [
        "PanTiltHome()",
        "Ack(socket=1)",
        "Completion(socket=1)",
    ]
    code, out, _ = offhook("visca", "send", line, "recall", "3")
    assert code == 1
    assert out.endswith("90 61 41 FF  Error(socket=1, reason=41 NOT_EXECUTABLE)\n")


def test_the_emulated_camera_says_where_it_looks() -> None:
    with Offhook("visca", "emulate-camera") as camera:
        line = camera.says(r"^ready: (.+)$", "out")[1]
        camera.says(r"^pan 0.500  tilt 0.500  zoom 0.000$", "out")
        assert offhook("visca", "send", line, "01 04 47 01 00 00 00", "--wait", "10")[0] == 0
        camera.says(r"^pan 0.500  tilt 0.500  zoom 0.250$", "out")


def test_a_line_is_watched() -> None:
    far, near = os.openpty()
    try:
        with Offhook("visca", "monitor", os.ttyname(near)) as monitor:
            monitor.says("listening")
            os.write(far, bytes.fromhex("81 01 06 01 18 14 01 03 FF 90 41 FF 88 30 02 FF 90 38 FF 12 34"))
            monitor.says(r"NetworkChange\(\)$", "out")
            drive = "PanTiltDrive(pan_speed=18, tilt_speed=14, pan=1 LEFT, tilt=3 STOP)"
            assert [text.split("  ", 1)[1] for text in monitor.said["out"].splitlines()] == [
                f"controller > camera 1  81 01 06 01 18 14 01 03 FF  {drive}",
                "camera 1 > controller  90 41 FF  Ack(socket=1)",
                "controller > all  88 30 02 FF  AddressSet(address=2)",
                "camera 1 > controller  90 38 FF  NetworkChange()",
            ]
            assert monitor.end()[0] == 0
    finally:
        os.close(far)
        os.close(near)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["scan", "/dev/no-such-line"], 3, "offhook: serial line /dev/no-such-line: no such device"),
        (["send", "tcp://127.0.0.1:1", "home"], 3, "offhook: visca camera 127.0.0.1:1: Connection refused"),
        (["send", "udp://127.0.0.1:1", "home"], 3, "offhook: visca camera 127.0.0.1:1: Connection refused"),
        (["send", "http://camera", "home"], 2, "expected a serial device, tcp://HOST, udp://HOST or sony-udp://HOST"),
        (
            ["send", "tcp://camera", "dance"],
            2,
            "'dance': expected left, right, up, down, in, out, stop, zoom-stop, home, version, ",
        ),
        (["send", "tcp://camera", "recall", "999"], 2, "'recall 999': expected recall and a number from 0 to 254"),
        (["send", "tcp://camera", "81 01 FF 04 FF"], 2, "a VISCA message cannot hold the byte FF"),
        (["send", "tcp://camera", "81 01 06 04"], 2, "the FF that ends one is missing; expected 81 01 06 04 FF"),
        (["send", "tcp://camera", "01 06 04 FF"], 2, "the header that begins one is missing; expected 81 01 06 04 FF"),
        (["send", "tcp://camera", "preset", "many"], 2, "'preset many': expected preset and a number from 0 to 254"),
        (["send", "tcp://camera", "home", "--hold", "1"], 2, "--hold: `home` is no movement that goes on"),
        (["emulate-camera", "--listen", "localhost"], 2, "expected tcp://ADDRESS, udp://ADDRESS or sony-udp://ADDRESS"),
        (
            ["emulate-camera", "--listen", "udp://0.0.0.0:1259"],
            2,
            "expected one address of this machine, not all of them",
        ),
        (["emulate-camera", "--listen", "udp://192.0.2.1:1259"], 3, "this machine does not have that address"),
    ],
)
def test_what_cannot_be_is_said(arguments: list[str], code: int, said: str) -> None:
    ended, out, err = offhook("visca", *arguments)
    assert (ended, out.count("ready")) == (code, 0)
    assert said in " ".join(err.split())


def test_silence_is_no_answer() -> None:
    with socket.create_server((HOST, 0)) as silent:
        line = f"tcp://{HOST}:{silent.getsockname()[1]}"
        assert offhook("visca", "send", line, "home", "--wait", "0.1")[::2] == (3, "offhook: no answer\n")
        assert offhook("visca", "scan", line) == (3, "", "offhook: no camera answers\n")


def test_a_camera_is_moved_for_a_while_and_stopped(line: str) -> None:
    code, out, err = offhook("visca", "send", line, "left", "--hold", "0.5")
    assert (code, err) == (0, "")
    assert [text.split("  ")[2] for text in out.splitlines()] == [
        "PanTiltDrive(pan_speed=0C, tilt_speed=0A, pan=1 LEFT, tilt=3 STOP)",
        "Ack(socket=1)",
        "Completion(socket=1)",
        "PanTiltDrive(pan_speed=01, tilt_speed=01, pan=3 STOP, tilt=3 STOP)",
        "Ack(socket=1)",
        "Completion(socket=1)",
    ]
    at = offhook("visca", "send", line, "position")[1].splitlines()[1].partition("pan=")[2][:4]
    assert at > "F000"  # left of the middle, which is 0000


@pytest.mark.parametrize(
    ("word", "frames"),
    [
        ("right", ["81 01 06 01 0C 0A 02 03 FF"]),
        ("up", ["81 01 06 01 0C 0A 03 01 FF"]),
        ("down", ["81 01 06 01 0C 0A 03 02 FF"]),
        ("in", ["81 01 04 07 23 FF"]),
        ("out", ["81 01 04 07 33 FF"]),
        ("stop", ["81 01 06 01 01 01 03 03 FF", "81 01 04 07 00 FF"]),
        ("home", ["81 01 06 04 FF"]),
        ("preset 3", ["81 01 04 3F 02 03 FF"]),
        ("01 06 04", ["81 01 06 04 FF"]),
        ("82 01 06 04 FF", ["82 01 06 04 FF"]),
    ],
)
def test_words_are_frames(word: str, frames: list[str]) -> None:
    assert [frame.hex(" ").upper() for frame in parse_frames(tuple(word.split(" ")), 1)] == frames


def test_the_emulated_camera_has_a_name_and_the_usual_port() -> None:
    network = _network_config("sony-udp://localhost", ("127.0.0.0/8",), "evi-d70")
    assert (network.transport, network.listen) == ("sony-udp", "127.0.0.1:52381")
    assert _network_config("tcp://127.0.0.2:1", ("127.0.0.0/8",), "evi-d70").listen == "127.0.0.2:1"
    assert _network_config("tcp://[::1]", ("::1",), "evi-d70").listen == "[::1]:5678"


def test_a_tap_passes_everything_on_and_shows_both_directions() -> None:
    (controller, near), (camera, other) = os.openpty(), os.openpty()
    try:
        for end in (controller, camera):
            tty.setraw(end)
        with Offhook("visca", "monitor", os.ttyname(near), "--tap", os.ttyname(other)) as monitor:
            monitor.says("everything between")
            os.write(controller, bytes.fromhex("81 01 06 04 FF"))
            monitor.says(r"PanTiltHome", "out")
            assert os.read(camera, 100) == bytes.fromhex("81 01 06 04 FF")
            os.write(camera, bytes.fromhex("90 41 FF"))
            monitor.says(r"Ack", "out")
            assert os.read(controller, 100) == bytes.fromhex("90 41 FF")
            assert monitor.end()[0] == 0
    finally:
        for end in (controller, near, camera, other):
            os.close(end)
