"""The control interface: what other people do and what goes wrong, over HTTP.

Every POST acts at once and answers with the revision of the state that follows; `GET /state?after=REVISION` waits for
the next one. A peer who does not exist is answered with 404, what cannot happen now with 409 and a reason, and a
wrong body with 400.
"""

from collections.abc import Awaitable, Callable
from typing import Any, Literal, TypeVar

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from appliance.runtime.web.answers import json_answer, long_poll, read_json, web_app
from appliance.simulator.control.fault_bodies import FaultsBody, apply_faults
from appliance.simulator.control.verbs import VERBS, Body
from appliance.simulator.model.common.errors import Impossible, Refused, UnknownPeer
from appliance.simulator.model.media.equipment import Use
from appliance.simulator.option_types import Device, License
from appliance.simulator.process.simulator import Simulator

T = TypeVar("T", bound=msgspec.Struct)


class SpeakerphoneBody(Body, frozen=True):
    """Which key of the terminal's speakerphone."""

    pressed: Literal["hookOff", "hangUp"]


class MuteBody(Body, frozen=True):
    """What the owner of the conference mutes or unmutes in the room."""

    device: Literal["mic", "video"]
    mute: bool


class ServerBody(Body, frozen=True):
    """Whether the terminal's server can be reached."""

    connected: bool


class LicenseBody(Body, frozen=True):
    """Which licence the terminal has from now on, as `getLicenseType` says it."""

    type: License


class UpdateBody(Body, frozen=True):
    """A new version on offer, or (`fail`) the failure of the update that is under way."""

    version: str = ""
    mandatory: bool = False
    fail: bool = False


class DeviceBody(Body, frozen=True):
    """A device that is plugged in or unplugged."""

    use: Use
    name: str
    description: str
    plugged: bool


class PropertyBody(Body, frozen=True):
    """A property that the server sets."""

    name: str
    value: str


Act = Callable[[Request], Awaitable[None]]


def control_app(simulator: Simulator) -> ASGIApp:
    """Returns the control interface of one simulator; it may be mounted anywhere."""

    async def state(request: Request) -> Response:
        await long_poll(request, simulator.revision)
        return json_answer(simulator.state())

    def post(path: str, act: Act) -> Route:
        async def route(request: Request) -> Response:
            await _refusing(act, request)
            return json_answer({"ok": True, "revision": simulator.revision.value})

        return Route(path, route, methods=["POST"])

    acts = _Acts(simulator)
    return web_app(
        [
            Route("/state", state),
            post("/peers/{peer_id:path}/{verb}", acts.peer),
            post("/speakerphone", acts.speakerphone),
            post("/conference/mute", acts.mute),
            post("/server", acts.server),
            post("/license", acts.license),
            post("/update", acts.update),
            post("/devices", acts.devices),
            post("/properties", acts.properties),
            post("/faults", acts.faults),
            post("/events", acts.events),
        ]
    )


class _Acts:
    """One method for each POST."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    async def peer(self, request: Request) -> None:
        verb = request.path_params["verb"]
        if verb not in VERBS:
            raise HTTPException(404, f"no verb `{verb}`; expected one of {', '.join(VERBS)}")
        kind, act = VERBS[verb]
        act(self._simulator.peer(request.path_params["peer_id"]), await _body(request, kind))

    async def speakerphone(self, request: Request) -> None:
        body = await _body(request, SpeakerphoneBody)
        if body.pressed == "hookOff":
            self._simulator.press_hook_off()
        else:
            self._simulator.press_hang_up()

    async def mute(self, request: Request) -> None:
        body = await _body(request, MuteBody)
        self._simulator.mute_room(body.device, mute=body.mute)

    async def server(self, request: Request) -> None:
        if (await _body(request, ServerBody)).connected:
            self._simulator.restore_server()
        else:
            self._simulator.lose_server()

    async def license(self, request: Request) -> None:
        body = await _body(request, LicenseBody)
        with self._simulator.changing() as terminal:
            terminal.tariff.change(body.type)

    async def update(self, request: Request) -> None:
        body = await _body(request, UpdateBody)
        with self._simulator.changing() as terminal:
            if body.fail:
                terminal.updates.fail()
            else:
                terminal.updates.offer(body.version, mandatory=body.mandatory)

    async def devices(self, request: Request) -> None:
        body = await _body(request, DeviceBody)
        device = Device(name=body.name, description=body.description)
        with self._simulator.changing() as terminal:
            (terminal.equipment.plug if body.plugged else terminal.equipment.unplug)(body.use, device)

    async def properties(self, request: Request) -> None:
        body = await _body(request, PropertyBody)
        with self._simulator.changing() as terminal:
            terminal.properties.update(body.name, body.value)

    async def events(self, request: Request) -> None:
        await read_json(request, dict[str, Any])
        self._simulator.send_raw((await request.body()).decode())

    async def faults(self, request: Request) -> None:
        body = await _body(request, FaultsBody)
        if body == FaultsBody():
            raise HTTPException(
                400, f"nothing to do; expected at least one of {', '.join(FaultsBody.__struct_fields__)}"
            )
        apply_faults(self._simulator, body)


async def _body(request: Request, kind: type[T]) -> T:
    """Returns the body as `kind`; an empty one stands for an empty object."""
    if not await request.body():
        try:
            return msgspec.convert({}, kind)
        except msgspec.ValidationError as error:
            raise HTTPException(400, f"{request.url.path}: {error}") from None
    return await read_json(request, kind)


async def _refusing(act: Act, request: Request) -> None:
    try:
        await act(request)
    except UnknownPeer as error:
        raise HTTPException(404, str(error)) from None
    except (Impossible, Refused) as error:
        raise HTTPException(409, str(error)) from None
