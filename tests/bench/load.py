"""Presses while the terminal talks: 1,000 events a second of a realistic mix, and a display that follows them."""

import json
import random

import trio

from tests.bench.bare_server import AXIS
from tests.bench.far_end import FarEnd
from tests.bench.figures import Samples
from tests.bench.patience import patience
from tests.bench.reactions import SAMPLE, Press
from tests.bench.steps import StepTimer

SETTLE = 0.3  # seconds of events before the first press, and of peace after the last
CONFERENCE = "00000351@example.com#vcs"


def _event(event: str, /, **fields: object) -> bytes:
    return json.dumps({"event": event, **fields, "method": "event"}).encode()


def _of_a_call(number: int) -> list[bytes]:
    """Ten events as they come in a call: mostly about the other side, three of them worth a new picture."""
    peer = f"p{number % 50}@example.com"
    receivers = [
        {
            "peerId": f"p{n}@example.com",
            "peerDn": f"Person {n}",
            "bitrate": 200 + number,
            "streamFormat": "VP8",
            "frameRate": 30.0,
            "resolutionWidth": 1280,
            "resolutionHeight": 720,
        }
        for n in range(6)
    ]
    told = _event("receiversInfoUpdated", confId=CONFERENCE, receivers=receivers)
    device = _event("deviceStatusReceived", confId=CONFERENCE, peerId=peer, mic=1 + number % 2, video=2)
    status = {"peerId": peer, "peerDn": f"Person {number % 50}", "status": 1 + number % 2}
    return [
        told,
        device,
        _event("usersStatusesChanged", usersStatuses=[status]),
        _event("audioCapturerMute", mute=number % 2 == 0),
        told,
        device,
        _event("ptzControlsChanged", pan={**AXIS, "currentValue": number % 100}, tilt=AXIS, zoom=AXIS),
        _event("audioRendererMute", mute=number % 2 == 0),
        told,
        _event("settingsChanged", name="audioPlayLevel", value=(number % 10) / 10),
    ]


EVENTS = [event for number in range(50) for event in _of_a_call(number)]


async def presses(press: Press, count: int, name: str, samples: Samples) -> None:
    """Adds samples of presses that come now and then, as people's do and the flood's events do not mind."""
    for _ in range(count):
        await trio.sleep(random.uniform(0.01, 0.03))
        with trio.fail_after(patience(SAMPLE)):
            samples.setdefault(name, []).append(await press() / 1e9)


async def press_under_load(far_end: FarEnd, press: Press, count: int, samples: Samples) -> None:
    """Adds samples of `line_to_frame_loaded`, and of the same presses without any event: `line_to_frame_alone`."""
    await presses(press, count, "line_to_frame_alone", samples)
    far_end.start_flood(EVENTS)
    await trio.sleep(SETTLE)
    await presses(press, count, "line_to_frame_loaded", samples)
    await far_end.end_flood()
    await trio.sleep(SETTLE)


async def longest_step_under_load(far_end: FarEnd, press: Press, seconds: float) -> StepTimer:
    """How long the loop was blocked at most while events come and a button is pressed ten times a second."""
    far_end.start_flood(EVENTS)
    await trio.sleep(SETTLE)
    timer = StepTimer()
    trio.lowlevel.add_instrument(timer)
    began = trio.current_time()
    while trio.current_time() < began + seconds:
        await trio.sleep(0.1)
        with trio.fail_after(patience(SAMPLE)):
            await press()
    trio.lowlevel.remove_instrument(timer)
    timer.events_per_second = await far_end.end_flood() / (trio.current_time() - began + SETTLE)
    return timer
