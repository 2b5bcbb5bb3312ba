"""What docs/webhooks.md says is so: its receiver takes what the room sends and nothing else."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import httpx2
import msgspec
import pytest

from appliance.hooks import plan, waiting
from appliance.hooks.config import MOST
from appliance.hooks.message import Message, Sender, body
from appliance.hooks.signature import headers, keys_in
from appliance.hooks.waiting import Entry
from appliance.room.happened import Event
from tests.hooks.test_signature import OTHER, SECRET

PAGE = (Path(__file__).parent.parent.parent / "docs" / "webhooks.md").read_text()
EVENT = Event(kind="call", event_type="ended", detail="peer_left", id="9b1de2c07a4f5e36", at="2026-11-27T12:00:00Z")
BODY = body(Entry(EVENT, 7, 0), 0, Sender("Neptune", "b5c1f0a92d7e4c8863fa"))


def block(language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return str(found)


def test_the_example_is_a_message() -> None:
    assert json.loads(block("json")) == json.loads(BODY)
    assert set(Message.__struct_fields__) - {"version"} <= set(re.findall(r"`(\w+)`", PAGE))


def test_the_figures_are_those_of_the_code() -> None:
    assert (waiting.STALE, waiting.MOST, plan.WITHIN, plan.PATIENCE, MOST) == (300, 64, 15, 10, 8)
    assert (plan.backoff().first, plan.backoff().longest, plan.LONGEST_ASKED) == (1, 30, 300)
    said = re.search(r"5xx, 3xx, ([\d, ]+ or \d+) \|", PAGE)
    assert said is not None
    later = {int(each) for each in re.findall(r"\d+", said[1])}
    assert {status for status in range(400, 500) if plan.verdict(status) is plan.Verdict.AGAIN} == later


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[tuple[str, IO[str]]]:
    """The receiver of the page as a process: its address, and what it prints."""
    program = block("python")
    assert len([line for line in program.splitlines() if line]) <= 25
    mine = program.replace('"127.0.0.1", 8080', '"127.0.0.1", 0')
    mine = mine.replace("server.serve_forever()", "print(server.server_port, flush=True)\nserver.serve_forever()")
    (tmp_path / "receiver.py").write_text(mine)
    command = [sys.executable, str(tmp_path / "receiver.py")]
    with subprocess.Popen(command, env={"SECRET": SECRET}, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}/", process.stdout
        process.kill()


def test_the_receiver_takes_what_is_ours_once_and_nothing_else(receiver: tuple[str, IO[str]]) -> None:
    address, prints = receiver
    now = int(time.time())

    def post(secrets: str, stamp: int = now, sent: bytes = BODY) -> int:
        signed = headers(keys_in("", secrets), EVENT.id, stamp, BODY)
        return httpx2.post(address, content=sent, headers=signed, trust_env=False).status_code

    assert post(OTHER) == 401
    assert post(SECRET, now - 301) == 401
    assert post(SECRET, sent=BODY + b" ") == 401
    assert httpx2.post(address, content=BODY, trust_env=False).status_code == 401
    assert post(f"{OTHER}\n{SECRET}") == 204
    assert post(SECRET) == 204, "once more, as after an answer that was lost"
    later = msgspec.structs.replace(EVENT, id="1", event_type="begun", detail="")
    content = body(Entry(later, 8, 0), 0, Sender("Neptune", ""))
    assert httpx2.post(address, content=content, headers=headers(keys_in("", SECRET), "1", now, content)).is_success
    assert [prints.readline().strip() for _ in range(2)] == ["Neptune call.ended peer_left", "Neptune call.begun"]
