"""The demo page with real drivers and a simulated terminal behind it, but no room between them: for the browser tests.

Prints its address, then serves until it is ended. `GET /test/heard/N` waits until the drivers have heard N things, and
answers all they heard since the last time; `POST /test/light {"name", "on"}`, `/test/ring {"on"}` and `/test/draw`
drive a lamp, the speakerphone and the display; `/test/say {"words"}` is what the display says; `/test/camera {"pan",
"zoom", "muted"}` moves and mutes the terminal's camera.
"""

import sys

import trio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from appliance.demo.page import demo_app
from appliance.runtime.web.answers import json_answer, web_app
from appliance.runtime.web.server import serve_web
from appliance.simulator.control.interface import control_app
from appliance.simulator.options import SimulatorOptions
from appliance.simulator.process.simulator import Simulator
from appliance.simulator.server import simulate
from drivers.outputs import patterns
from drivers.speakerphone.telephony import Lamps
from tests.demo.wired import Wired, wired


def hooks(room: Wired, simulator: Simulator, said: list[str]) -> list[Route]:
    async def heard(request: Request) -> Response:
        with trio.move_on_after(20):
            await room.wait_for(request.path_params["count"])
        answer = json_answer(room.heard)
        room.heard.clear()
        return answer

    async def light(request: Request) -> Response:
        body = await request.json()
        room.light(body["name"], patterns.ON if body["on"] else patterns.OFF)
        return json_answer({})

    async def ring(request: Request) -> Response:
        room.phone.set_lamps(Lamps(off_hook=False, ring=(await request.json())["on"], mute=False))
        return json_answer({})

    async def draw(_request: Request) -> Response:
        await room.draw()
        return json_answer({})

    async def say(request: Request) -> Response:
        said[:] = (await request.json())["words"]
        room.hardware.revision.changed()
        return json_answer({})

    async def camera(request: Request) -> Response:
        body = await request.json()
        with simulator.changing() as terminal:
            terminal.camera.place("pan", body["pan"])
            terminal.camera.place("zoom", body["zoom"])
            terminal.mutes.set("video", mute=body["muted"])
        return json_answer({})

    acts = [Route(f"/test/{act.__name__}", act, methods=["POST"]) for act in (light, ring, draw, say, camera)]
    return [Route("/test/heard/{count:int}", heard), *acts]


async def main(listen: str) -> None:
    with wired() as room:
        async with trio.open_nursery() as nursery:
            await nursery.start(room.run)
            simulator = await nursery.start(simulate, SimulatorOptions(control_port=None))
            said = list[str]()
            demo = demo_app(room.hardware, control_app(simulator), dict, says=lambda: said)
            ((host, port),) = await nursery.start(
                serve_web, web_app([*hooks(room, simulator, said), Mount("/", demo)]), listen
            )
            sys.stdout.write(f"{host}:{port}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    trio.run(main, sys.argv[1])
