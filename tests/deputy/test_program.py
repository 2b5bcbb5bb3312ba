"""The deputy as systemd starts it: a real process of the real command, with a connection as its standard input."""

import contextlib
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appliance.deputy import program
from appliance.deputy.requests import (
    LONGEST,
    Answer,
    Configure,
    Journal,
    Made,
    Read,
    Reboot,
    Refused,
    Restore,
    answer_in,
    line_of,
)
from tests.deputy.conftest import Box


def asked(box: Box, *sent: bytes, ends: bool = False) -> bytes:
    """Returns all that comes of sending this; `ends`: nothing more is sent."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        thread = threading.Thread(target=program.serve_one, args=(theirs, box.place))
        thread.start()
        with contextlib.suppress(BrokenPipeError):  # it has answered to less
            for piece in sent:
                ours.sendall(piece)
            if ends:
                ours.shutdown(socket.SHUT_WR)
        thread.join(20)
        assert not thread.is_alive()
        theirs.close()
        ours.settimeout(5)
        said = b""
        with contextlib.suppress(ConnectionResetError):  # it has left without reading all
            while piece := ours.recv(1 << 20):
                said += piece
        return said


def answer(said: bytes) -> Answer:
    return answer_in(said.partition(b"\n")[0])


def test_a_request_that_comes_in_pieces_is_one(box: Box) -> None:
    line = line_of(Read())
    assert answer(asked(box, line[:3], line[3:])) == box.read()


def test_what_follows_an_answer_has_its_size(box: Box) -> None:
    assert asked(box, line_of(Journal())) == line_of(Made(7)) + b"a line\n"


def test_what_is_done_afterwards_is_done_whether_or_not_anybody_listens(box: Box) -> None:
    asked(box, line_of(Reboot()))
    ours, theirs = socket.socketpair()
    ours.sendall(line_of(Reboot()))
    ours.close()
    program.serve_one(theirs, box.place)
    theirs.close()
    assert box.machine.did == ["reboot", "reboot"]


@pytest.mark.parametrize("sent", [b"", b"{", line_of(Restore("x", 10)) + b"short"])
def test_half_a_request_is_none(box: Box, sent: bytes) -> None:
    assert asked(box, sent, ends=True) == b""
    assert box.machine.did == []


@pytest.mark.parametrize(
    "sent", [b"\n", b"[]\n", b'{"type":"Run","command":"sh"}\n', b"\xff\xfe\n", b"\0" * 99 + b"\n"]
)
def test_anything_else_is_refused(box: Box, sent: bytes) -> None:
    said = answer(asked(box, sent))
    assert isinstance(said, Refused)
    assert said.text.key == "deputy.not_understood"


def test_a_line_without_end_is_not_read_on_and_on(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "LONGEST", 1000)
    assert asked(box, b"x" * 100_000) == b""


def test_nobody_is_waited_for_longer_than_said(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "PATIENCE", 0.05)
    assert asked(box, b'{"type":') == b""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.binary(max_size=2000), st.integers(0, 2000))
def test_whatever_is_sent_it_ends_and_changes_nothing(box: Box, sent: bytes, at: int) -> None:
    text = box.text
    asked(box, sent[:at], sent[at:], ends=True)
    assert (box.text, box.machine.did) == (text, [])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text(max_size=3000), st.text(max_size=70), st.text(max_size=70))
def test_whatever_text_is_to_be_taken_there_is_an_answer(box: Box, text: str, mark: str, who: str) -> None:
    before = box.text
    said = answer(asked(box, line_of(Configure(text, mark, who))))
    assert not isinstance(said, Made)
    assert box.text == before


def test_the_longest_configuration_is_a_request() -> None:
    assert len(line_of(Configure("\0" * (256 << 10), "m" * 64, "w"))) < LONGEST


def test_the_command_says_what_it_wants_without_a_socket() -> None:
    done = subprocess.run(
        (sys.executable, "-m", "appliance", "deputy", "answer"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "offhook-deputy.socket" in done.stderr


@pytest.mark.slow
def test_the_command_answers_on_its_standard_input(tmp_path: Path, boxes: Callable[[str], Box]) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        with subprocess.Popen(
            (sys.executable, "-m", "appliance", "deputy", "answer"), stdin=theirs.fileno(), stderr=subprocess.PIPE
        ) as process:
            theirs.close()
            ours.sendall(b"nothing that is known\n")
            ours.settimeout(60)
            said = answer(ours.recv(1 << 16))
            assert process.wait(60) == 0
        assert isinstance(said, Refused)
