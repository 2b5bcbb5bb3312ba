"""Requests from the host, one JSON object a line, over a virtio serial port: answered one after the other."""

import json
import time
import traceback
from collections.abc import Callable, Mapping
from io import RawIOBase
from pathlib import Path
from typing import Any

PORT = Path("/dev/virtio-ports/offhook.bench")


def serve(commands: Mapping[str, Callable[..., Any]], port: Path = PORT) -> None:
    """Answers for ever: {"number": N, "do": NAME, ...} becomes {"number": N, "ok": value} or "error": trace."""
    with port.open("r+b", buffering=0) as line:
        pending = b""
        while True:
            chunk = line.read(65536)
            if not chunk:  # nobody is connected
                time.sleep(0.05)
                continue
            *requests, pending = (pending + chunk).split(b"\n")
            for request in requests:
                _write(line, json.dumps(_answer(commands, request)).encode() + b"\n")


def _write(line: RawIOBase, answer: bytes) -> None:
    while answer:  # the port takes what it has room for
        answer = answer[line.write(answer) or 0 :]


def _answer(commands: Mapping[str, Callable[..., Any]], request: bytes) -> dict[str, Any]:
    arguments = json.loads(request)
    number = {"number": arguments.pop("number")}
    try:
        return {**number, "ok": commands[arguments.pop("do")](**arguments)}
    except Exception:  # whatever it is, the test on the other side has to see it
        return {**number, "error": traceback.format_exc()}
