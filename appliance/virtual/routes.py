"""Virtual hardware over HTTP: what the demo page, tests and curious people use."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import trio
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from appliance.runtime.web.answers import json_answer, long_poll, read_json
from appliance.virtual.bodies import ButtonBody, DisplayBody, KeypadBody, SensorBody, SerialBody, SpeakerphoneBody
from appliance.virtual.fingers import Fingers
from appliance.virtual.hardware import VirtualHardware
from drivers.keypad.fake import VirtualKeypad
from drivers.oled.fake import choice
from drivers.speakerphone.fake import VirtualSpeakerphone
from drivers.visca.virtual.fake import VirtualSerial

T = TypeVar("T")
Says = Callable[[], Sequence[str]]
Device = VirtualKeypad | VirtualSpeakerphone | VirtualSerial

REPLY_TIME = 0.1  # seconds given to the appliance to reply to bytes on a serial line
REPLY_STEP = 0.002  # seconds between two looks at the line
MAX_SCALE = 8


def hardware_routes(hardware: VirtualHardware, says: Says = tuple) -> list[Route]:
    """`/hardware` and everything under it; `says` tells what the display says."""
    hands = _Hands(hardware, says)
    return [
        Route("/hardware", hands.look),
        Route("/hardware/display", hands.display, methods=["POST"]),
        Route("/hardware/display.png", hands.picture),
        Route("/hardware/buttons/{name}", hands.button, methods=["POST"]),
        Route("/hardware/presence/{name}", hands.sensor, methods=["POST"]),
        Route("/hardware/keypads/{name}", hands.keypad, methods=["POST"]),
        Route("/hardware/speakerphones/{name}", hands.speakerphone, methods=["POST"]),
        Route("/hardware/serial/{name}", hands.serial, methods=["POST"]),
    ]


class _Hands:
    """Eyes and hands on the hardware, one method a route."""

    def __init__(self, hardware: VirtualHardware, says: Says) -> None:
        self._hardware = hardware
        self._says = says
        self._fingers = Fingers(hardware.gpio, hardware.buttons)

    async def look(self, request: Request) -> Response:
        await long_poll(request, self._hardware.revision)
        return self._seen()

    async def picture(self, request: Request) -> Response:
        scale = request.query_params.get("scale", "1")
        if scale not in {str(possible) for possible in range(1, MAX_SCALE + 1)}:
            raise HTTPException(400, f"scale is `{scale}`; expected 1 to {MAX_SCALE}")
        return Response(self._hardware.display.png(int(scale)), media_type="image/png")

    async def display(self, request: Request) -> Response:
        body = await read_json(request, DisplayBody)
        try:
            self._hardware.display.become(choice(body.panel))
        except ValueError as error:
            raise HTTPException(400, str(error)) from None
        return self._changed()

    async def button(self, request: Request) -> Response:
        name, _config = _known(request, self._hardware.buttons, "button")
        body = await read_json(request, ButtonBody)
        await self._fingers.move(name, pressed=body.pressed)
        return self._changed()

    async def sensor(self, request: Request) -> Response:
        name, _seen = _known(request, self._hardware.gpio.sensors(), "presence sensor")
        body = await read_json(request, SensorBody)
        self._hardware.gpio.sense(name, somebody=body.sees)
        return self._changed()

    async def keypad(self, request: Request) -> Response:
        name, keypad = _known(request, self._hardware.keypads, "keypad")
        body = await read_json(request, KeypadBody)
        if body.key is None:
            return self._plug(keypad, plugged=body.plugged)
        _expect_plugged(keypad, name)
        try:
            keypad.key(body.key, body.down)
        except ValueError as error:
            raise HTTPException(400, str(error)) from None
        return self._seen()

    async def speakerphone(self, request: Request) -> Response:
        name, phone = _known(request, self._hardware.speakerphones, "speakerphone")
        body = await read_json(request, SpeakerphoneBody)
        if body.plugged is not None:
            return self._plug(phone, plugged=body.plugged)
        _expect_plugged(phone, name)
        _act(phone, body)
        return self._changed()

    async def serial(self, request: Request) -> Response:
        name, line = _known(request, self._hardware.serials, "serial line")
        body = await read_json(request, SerialBody)
        if body.hex is None:
            return self._plug(line, plugged=body.plugged)
        _expect_plugged(line, name)
        if line.write(body.content) < len(body.content):
            raise HTTPException(409, f"`{name}` is full; nobody reads it")
        return json_answer({"hex": (await _reply(line)).hex(" ")})

    def _plug(self, device: Device, *, plugged: bool | None) -> Response:
        (device.plug if plugged else device.unplug)()
        return self._changed()

    def _changed(self) -> Response:
        self._hardware.revision.changed()
        return self._seen()

    def _seen(self) -> Response:
        seen = self._hardware.describe()
        return json_answer({**seen, "display": {**seen["display"], "words": self._says()}})


def _known(request: Request, devices: Mapping[str, T], kind: str) -> tuple[str, T]:
    name = request.path_params["name"]
    if name not in devices:
        there_are = ", ".join(f"`{known}`" for known in devices) or "none"
        raise HTTPException(404, f"there is no {kind} `{name}`; expected one of {there_are}")
    return name, devices[name]


def _expect_plugged(device: Device, name: str) -> None:
    if not device.plugged:
        raise HTTPException(409, f"`{name}` is unplugged; plug it in first")


def _act(phone: VirtualSpeakerphone, body: SpeakerphoneBody) -> None:
    if body.hook is not None:
        phone.hook(body.hook == "off")
    elif body.mute is not None:
        phone.mute(body.mute)
    else:
        _KEYS[body.key or "mute"](phone)


_KEYS: dict[str, Callable[[VirtualSpeakerphone], None]] = {
    "mute": lambda phone: phone.mute(None),
    "hold": lambda phone: phone.hold(),
    "volume_up": lambda phone: phone.volume(1),
    "volume_down": lambda phone: phone.volume(-1),
}


async def _reply(line: VirtualSerial) -> bytes:
    """What the appliance said meanwhile: whatever is there, else what comes within `REPLY_TIME`."""
    with trio.move_on_after(REPLY_TIME):
        while True:
            await trio.sleep(REPLY_STEP)
            if reply := line.read():
                return reply
    return b""
