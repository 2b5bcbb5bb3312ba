"""The simulated terminal on the host, as its own process, and its far side over HTTP."""

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

START_TIME = 20.0


class SimulatedTerminal:
    """`offhook simulate` from its creation until `stop`."""

    def __init__(self, log: Path, *options: str) -> None:
        with log.open("w") as errors:
            command = [sys.executable, "-m", "appliance", "simulate", *options]
            self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
        if self._process.stdout is None:
            raise RuntimeError("no pipe")
        self.ports: dict[str, int] = json.loads(self._process.stdout.readline())

    def post(self, path: str, **body: Any) -> None:
        """Something that the far side does."""
        answer = self._ask("POST", path, json.dumps(body))
        if not answer.get("ok"):
            raise AssertionError(f"{path}: {answer}")

    def peer(self, peer_id: str, verb: str, **body: Any) -> None:
        """What one peer does."""
        self.post(f"/peers/{quote(peer_id)}/{verb}", **body)

    def state(self) -> dict[str, Any]:
        """Everything that the terminal knows."""
        return self._ask("GET", "/state")

    def until(self, condition: Callable[[dict[str, Any]], bool], seconds: float = 20) -> dict[str, Any]:
        """Its state once the condition holds."""
        deadline = time.monotonic() + seconds
        while not condition(state := self.state()):
            if time.monotonic() > deadline:
                raise AssertionError(f"the terminal did not come to it within {seconds:g} s: {state}")
            time.sleep(0.02)
        return state

    def stop(self) -> None:
        """The end of it."""
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _ask(self, method: str, path: str, body: str | None = None) -> dict[str, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.ports["control"], timeout=60)
        try:
            connection.request(method, path, body, {"Content-Type": "application/json"})
            answer: dict[str, Any] = json.loads(connection.getresponse().read())
            return answer
        finally:
            connection.close()
