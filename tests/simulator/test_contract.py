"""The typed messages of the appliance read everything that the simulated terminal says."""

import json

import msgspec

from appliance.simulator.options import DOMAIN
from appliance.simulator.process.simulator import Simulator
from appliance.terminal.messages import COMMANDS, ReplyFrame, UnknownEvent, calls, decode, decode_as, enums
from tests.simulator.client import ASIDE, Client

JOHN = f"john.smith@{DOMAIN}"


async def test_questions_in_every_state_of_a_call(client: Client, simulator: Simulator) -> None:
    questions = [kind for kind in COMMANDS.values() if kind.method.startswith("get")]
    assert len(questions) > 10
    for step in (lambda: None, simulator.peer(JOHN).call, None, simulator.peer(JOHN).leave):
        await client.do("accept") if step is None else step()
        for kind in questions:
            more = {"count": 10} if "count" in kind.__struct_fields__ else {}
            reply = await client.ask(kind.method, **more)
            read = decode_as(kind.reply, json.dumps(reply).encode())
            assert read.result is reply["result"]
            assert not reply["result"] or _told(read) <= _on_wire(reply), kind.method


async def test_every_event_of_a_busy_day_is_read(client: Client, simulator: Simulator) -> None:
    john = simulator.peer(JOHN)
    await client.do("call", peerId=JOHN)
    john.answer()
    await client.do("toneDial", symbol="1")
    await client.do("setMicMute", mute=True)
    await client.do("setAudioMute", mute=True)
    await client.do("setVideoMute", mute=True)
    await client.do("setSettings", settings={"audioPlayLevel": 0.1})
    await client.do("setZoomPos", pos=2)
    await client.do("ptzStop")
    await client.do("getScheduler")
    john.leave()
    await simulator.until(lambda terminal: terminal.app_state == 3)
    john.call(3, "Review")
    await client.do("accept")
    simulator.mute_room(mute=False)
    await client.do("hangUp")
    await simulator.until(lambda terminal: terminal.app_state == 3)
    await client.do("call", peerId=JOHN)
    simulator.peer("100").busy()
    john.reject(11)
    simulator.press_hook_off()
    simulator.press_hang_up()
    await client.do("setLastCallsViewed")
    await client.do("logout")
    await client.do("login", login="room3", password="room3")
    simulator.evict("admin", 8)
    names = set()
    while True:
        message = client.kept.pop(0) if client.kept else await client.next()
        event = decode(json.dumps(message))
        assert not isinstance(event, ReplyFrame), message
        assert not isinstance(event, UnknownEvent) or event.name in ASIDE, message
        if isinstance(event, UnknownEvent):
            continue
        names.add(event.event)
        if event.event == "authorizationNeeded":
            break
    assert len(names) > 20


def test_every_reject_cause_has_a_name() -> None:
    for cause in range(23):
        event = decode(json.dumps({"event": "rejectReceived", "cause": cause}))
        assert isinstance(event, calls.RejectReceived)
        assert enums.RejectCause(cause).name == event.cause.name


def _told(read: msgspec.Struct) -> set[str]:
    """The wire names of the fields that are not at their defaults."""
    return set(json.loads(msgspec.json.encode(read)))


def _on_wire(reply: dict[str, object]) -> set[str]:
    return set(reply)
