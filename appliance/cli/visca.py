"""The command `offhook visca`: looks at VISCA lines, talks to cameras by hand, and emulates a camera."""

import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, aclosing, contextmanager, nullcontext
from functools import partial
from signal import SIGINT, SIGTERM
from typing import Any, get_args

import click
import msgspec
import trio

from appliance.runtime import logs
from appliance.runtime.error_groups import first
from drivers.errors import DeviceError
from drivers.visca.camera.joystick import ViscaCamera
from drivers.visca.camera.role import CameraRole
from drivers.visca.camera.tcp import TcpCamera
from drivers.visca.camera.udp import UdpCamera
from drivers.visca.config import NetworkConfig, SerialConfig
from drivers.visca.controller.driven import Line, open_serial
from drivers.visca.controller.probe import ANSWER_WITHIN, Found, ask, scan
from drivers.visca.line.address import parse_network_address
from drivers.visca.line.network_port import open_network
from drivers.visca.model.models import Model
from drivers.visca.virtual.emulator import FarEnd, Head
from drivers.visca.virtual.fake import VirtualSerial
from drivers.visca.wire import commands, inquiries
from drivers.visca.wire.describe import Describer
from drivers.visca.wire.framing import CONTROLLER, Framer, encode_frame
from drivers.visca.wire.layout import Message, encode

DONE, REFUSED, NO_CONNECTION = 0, 1, 3  # exit codes; click's own for wrong use is 2
_ERROR = 0x6
_WORDS: dict[str, Message] = {
    "stop": commands.PanTiltDrive(pan_speed=1, tilt_speed=1, pan=commands.Pan.STOP, tilt=commands.Tilt.STOP),
    "zoom-stop": commands.ZoomStop(),
    "home": commands.PanTiltHome(),
    "version": inquiries.VersionInquiry(),
    "power": inquiries.PowerInquiry(),
    "position": inquiries.PanTiltInquiry(),
    "zoom": inquiries.ZoomInquiry(),
    "status": inquiries.StatusInquiry(),
}


class Place(msgspec.Struct, frozen=True):
    """Where a VISCA line is, and how it is opened."""

    open: Callable[[], AbstractAsyncContextManager[Line]]
    chained: bool


class _Place(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic in newer versions of click only
    """A serial device, or an address on the network."""

    name = "LINE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Place:  # noqa: ANN401  # whatever click passes
        try:
            network = parse_network_address(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)
        if network is not None:
            return Place(partial(open_network, network), chained=False)
        config = SerialConfig(port=value, baud=ctx.params["baud"] if ctx else 9600)
        return Place(partial(open_serial, config), chained=True)


_line = click.argument("line", type=_Place())
_baud = click.option(
    "--baud",
    type=click.Choice([2400, 4800, 9600, 19200, 38400, 57600, 115200]),
    default=9600,
    show_default=True,
    is_eager=True,  # known when LINE is read
    help="Of a serial line.",
)


@click.group()
def visca() -> None:
    """Looks at VISCA lines, talks to cameras by hand, and emulates one.

    LINE is a serial device, or tcp://HOST[:PORT], udp://HOST[:PORT], sony-udp://HOST[:PORT].
    """
    logs.configure("warning")


@visca.command()
@_line
@_baud
def monitor(line: Place, baud: int) -> None:  # noqa: ARG001  # LINE has it
    """Prints what is said on LINE, one frame a line, until interrupted. Says nothing itself."""
    _run(partial(_until_interrupted, partial(_monitor, line)))


@visca.command()
@_line
@click.argument("words", nargs=-1, required=True, metavar="WORD|BYTES...")
@click.option("--address", type=click.IntRange(1, 7), default=1, show_default=True, help="Of the camera.")
@click.option("--wait", type=click.FloatRange(0.01, 60), default=ANSWER_WITHIN, show_default=True, help="Seconds.")
@_baud
def send(line: Place, words: tuple[str, ...], address: int, wait: float, baud: int) -> None:  # noqa: ARG001  # LINE has it
    r"""Sends one message to a camera and prints it and what comes back.

    \b
    WORD   stop, zoom-stop, home, version, power, position, zoom, status,
           store N, recall N
    BYTES  a whole frame (81 01 06 04 FF) or a message without header (01 06 04)

    Exit code 1 where the camera refuses, 3 without connection or answer.
    """
    frame = parse_frame(words, address)
    _run(partial(_send, line, frame, wait))


@visca.command(name="scan")
@_line
@_baud
def scan_command(line: Place, baud: int) -> None:  # noqa: ARG001  # LINE has it
    """Lists the cameras on LINE. A serial line is set up anew: its cameras are given their addresses."""
    _run(partial(_scan, line))


@visca.command()
@click.option("--listen", metavar="TRANSPORT://ADDRESS:PORT", help="On the network; else on a pseudo-terminal.")
@click.option("--allow", multiple=True, default=("127.0.0.0/8", "::1"), show_default=True, help="Who may move it.")
@click.option("--model", type=click.Choice(get_args(Model)), default="evi-d70", show_default=True)
def emulate_camera(listen: str | None, allow: tuple[str, ...], model: Model) -> None:
    """Is a camera that moves as a real one would, until interrupted. Prints where it is, then where it looks."""
    with _camera(listen, allow, model) as (where, role, head):
        _run(partial(_until_interrupted, partial(_emulate, where, role, head)))


def parse_frame(words: tuple[str, ...], address: int) -> bytes:
    """A frame from words or bytes. Raises `click.UsageError` saying what is wrong with them."""
    if words[0] in _WORDS and len(words) == 1:
        return encode_frame(encode(_WORDS[words[0]]), sender=CONTROLLER, receiver=address)
    if words[0] in {"store", "recall"}:
        return encode_frame(encode(_memory(words)), sender=CONTROLLER, receiver=address)
    try:
        data = bytes.fromhex(" ".join(words))
        if data[-1:] == b"\xff" and data[0] & 0x80 and 3 <= len(data) <= 16 and data.count(b"\xff") == 1:
            return data
        return encode_frame(data, sender=CONTROLLER, receiver=address)
    except ValueError as error:
        known = ", ".join([*_WORDS, "store N", "recall N"])
        raise click.UsageError(f"{' '.join(words)!r}: expected {known}, or bytes: {error}") from None


def _memory(words: tuple[str, ...]) -> commands.Memory:
    action = commands.MemoryAction.SET if words[0] == "store" else commands.MemoryAction.RECALL
    if len(words) != 2 or not re.fullmatch(r"\d{1,3}", words[1]) or int(words[1]) > 254:
        raise click.UsageError(f"{' '.join(words)!r}: expected {words[0]} and a number from 0 to 254")
    return commands.Memory(action=action, number=int(words[1]))


async def _monitor(place: Place) -> int:
    describer, framer = Describer(), Framer()
    async with place.open() as line:
        click.echo("offhook: listening", err=True)
        while True:
            for frame in framer.feed(await line.receive()):
                click.echo(f"{trio.current_time():.3f}  {describer.describe(frame)}")


async def _send(place: Place, frame: bytes, wait: float) -> int:
    describer = Describer()
    click.echo(describer.describe(frame))
    heard = b""
    async with place.open() as line, aclosing(ask(line, frame, wait)) as answers:
        async for heard in answers:
            click.echo(describer.describe(heard))
    if not heard:
        click.echo("offhook: no answer", err=True)
        return NO_CONNECTION
    return REFUSED if heard[1] >> 4 == _ERROR else DONE


async def _scan(place: Place) -> int:
    found = 0
    async with place.open() as line, aclosing(scan(line, chained=place.chained)) as cameras:
        async for camera in cameras:
            found += 1
            click.echo(_described(camera))
    if not found:
        click.echo("offhook: no camera answers", err=True)
    return DONE if found else NO_CONNECTION


def _described(camera: Found) -> str:
    version = camera.version
    return f"camera {camera.address}  vendor {version.vendor:04X}  model {version.model:04X}  ROM {version.rom:04X}"


@contextmanager
def _camera(listen: str | None, allow: tuple[str, ...], model: Model) -> Iterator[tuple[str, CameraRole, Head]]:
    head = Head(trio.current_time)
    if listen is None:
        with VirtualSerial() as line:
            config = SerialConfig(port=line.path, model=model)
            yield line.path, ViscaCamera(config, head.position, open_port=lambda _: nullcontext(FarEnd(line))), head
        return
    transport, _, address = listen.partition("://")
    try:
        network = msgspec.convert(
            {"transport": transport, "listen": address, "allow": allow, "model": model}, NetworkConfig
        )
    except msgspec.ValidationError as error:
        raise click.UsageError(f"--listen {listen}: {error}") from None
    yield listen, (TcpCamera if network.transport == "tcp" else UdpCamera)(network, head.position), head


async def _emulate(where: str, role: CameraRole, head: Head) -> int:
    async with trio.open_nursery() as nursery:
        await nursery.start(role.run, head.act)
        click.echo(f"ready: {where}")
        seen = None
        while True:
            if (position := head.position()) != seen:
                seen = position
                click.echo(f"pan {position.pan:.3f}  tilt {position.tilt:.3f}  zoom {position.zoom:.3f}")
            await trio.sleep(0.1)


async def _until_interrupted(work: Callable[[], Awaitable[int]]) -> int:
    with trio.open_signal_receiver(SIGINT, SIGTERM) as signals:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_end_at_signal, signals, nursery.cancel_scope)
            await work()
    return DONE


async def _end_at_signal(signals: AsyncIterator[int], scope: trio.CancelScope) -> None:
    async for _ in signals:
        scope.cancel()


def _run(work: Callable[[], Awaitable[int]]) -> None:
    try:
        code = trio.run(work)
    except* DeviceError as errors:
        click.echo(f"offhook: {first(errors)}", err=True)
        code = NO_CONNECTION
    except* BrokenPipeError:  # nobody reads what we print any more
        code = DONE
    sys.exit(code)
