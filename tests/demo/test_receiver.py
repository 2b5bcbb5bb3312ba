"""The receiver of the demo's webhook takes what the room signs, and nothing else."""

from dataclasses import dataclass

import pytest
import trio

from appliance.demo.receiver import STALE, Receiver
from appliance.hooks.config import HookConfig
from appliance.hooks.message import Sender
from appliance.hooks.signature import headers, keys_in
from appliance.runtime.web.answers import web_app
from appliance.runtime.web.server import serve_web
from appliance.services.programs.hook_trial import try_hook
from tests.runtime.web.client import Answer, get, request

BODY = b'{"type": "test"}'


@dataclass
class Running:
    receiver: Receiver
    port: int
    page: tuple[str, int]

    async def send(self, secret: str, at: float = 0.0, body: bytes = BODY) -> Answer:
        signed = headers(keys_in("secret", secret), "9b1d", int(at), BODY)
        kind = {"Content-Type": "application/json"}
        return await request(("127.0.0.1", self.port), "POST", "/", body, {**signed, **kind})

    async def told(self) -> list[object]:
        return list((await get(self.page, "/webhooks")).json["told"])


@pytest.fixture
async def running(nursery: trio.Nursery) -> Running:
    receiver = Receiver(now=lambda: 0.0)
    port = await nursery.start(receiver.run)
    addresses = await nursery.start(serve_web, web_app([receiver.route()]), "127.0.0.1:0")
    return Running(receiver, port, addresses[0])


async def test_what_is_signed_is_taken_and_shown(running: Running) -> None:
    assert (await running.send(running.receiver.secret)).status == 204
    assert await running.told() == [{"type": "test"}]


async def test_nothing_else_is(running: Running) -> None:
    ours = running.receiver.secret
    refused = [
        await running.send(Receiver().secret),
        await running.send(ours, STALE + 1),
        await running.send(ours, body=BODY + b" "),
        await request(("127.0.0.1", running.port), "POST", "/", BODY, {"webhook-timestamp": "x"}),
    ]
    assert [answer.status for answer in refused] == [401] * 4
    assert await running.told() == []


async def test_it_takes_what_offhook_sends(nursery: trio.Nursery) -> None:
    receiver = Receiver()
    port = await nursery.start(receiver.run)
    hook = HookConfig(url=f"http://127.0.0.1:{port}/", events=("call",), secret=receiver.secret)
    assert (await try_hook(hook, Sender("Neptune", ""))).status == 204
