"""The command `offhook visca`: looks at VISCA lines, sends single messages to cameras, and emulates a camera."""

import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import aclosing, contextmanager, nullcontext
from functools import partial
from signal import SIGINT, SIGTERM
from typing import get_args

import click
import trio

from appliance.cli.options import DONE, NO_CONNECTION, REFUSED
from appliance.cli.visca.line import LineType, Place, baud_option, line_argument
from appliance.cli.visca.monitor import monitor
from appliance.cli.visca.words import parse_frames, stop_of
from appliance.runtime import logs
from appliance.runtime.error_groups import first
from drivers.errors import DeviceError
from drivers.visca.camera.joystick import ViscaCamera
from drivers.visca.camera.role import CameraRole
from drivers.visca.camera.tcp import TcpCamera
from drivers.visca.camera.udp import UdpCamera
from drivers.visca.config import NetworkConfig, SerialConfig
from drivers.visca.controller.driven import Line
from drivers.visca.controller.encoding import moved_by
from drivers.visca.controller.probe import ANSWER_WITHIN, Found, ask, scan
from drivers.visca.line.address import parse_network_address
from drivers.visca.model.models import Model
from drivers.visca.virtual.emulator import FarEnd, Head
from drivers.visca.virtual.fake import VirtualSerial
from drivers.visca.wire import commands
from drivers.visca.wire.describe import Describer

_ERROR = 0x6
COMPLETED_WITHIN = 10.0  # seconds for a move to a position


@click.group()
def visca() -> None:
    """Looks at VISCA lines, sends single messages to cameras, and emulates one.

    LINE is a serial device, or tcp://HOST[:PORT], udp://HOST[:PORT], sony-udp://HOST[:PORT].
    """
    logs.configure("warning")


@visca.command(name="monitor")
@line_argument
@click.option("--tap", type=LineType(), help="Another line: sits between the two and passes everything on.")
@baud_option
def monitor_command(line: Place, tap: Place | None, baud: int) -> None:  # noqa: ARG001  # LINE has it
    """Prints what is said on LINE, one frame a line, until interrupted. Says nothing itself.

    It sees one direction of a serial line. To see both, connect the controller to LINE and the camera to another
    adapter, and name that with --tap.
    """
    _run(partial(_until_interrupted, partial(monitor, line, tap)))


@visca.command()
@line_argument
@click.argument("words", nargs=-1, required=True, metavar="WORD|BYTES...")
@click.option("--address", type=click.IntRange(1, 7), default=1, show_default=True, help="Of the camera.")
@click.option("--wait", type=click.FloatRange(0.01, 60), default=ANSWER_WITHIN, show_default=True, help="Seconds.")
@click.option(
    "--hold",
    type=click.FloatRange(0.01, 60),
    help="Seconds that a movement goes on before it is stopped. [default: on]",
)
@baud_option
def send(line: Place, words: tuple[str, ...], address: int, wait: float, hold: float | None, baud: int) -> None:  # noqa: ARG001  # LINE has it
    r"""Sends a message to a camera and prints it and what comes back.

    \b
    WORD   left, right, up, down, in, out, stop, home,
           preset N (or recall N), store N, reset N,
           version, power, position, zoom, status, zoom-stop
    BYTES  a whole frame (81 01 06 04 FF) or a message without header and FF (01 06 04)

    A camera on tcp:// stops when the connection ends: move it with --hold.
    Exit code 1 where the camera refuses, 3 without connection or answer.
    """
    frames = parse_frames(words, address)
    if hold is not None and (stop_of(frames[0])) is None:
        raise click.UsageError(f"--hold: `{' '.join(words)}` is no movement that goes on; expected left, up, in …")
    _run(partial(_send, line, frames, wait, hold))


@visca.command(name="scan")
@line_argument
@baud_option
def scan_command(line: Place, baud: int) -> None:  # noqa: ARG001  # LINE has it
    """Lists the cameras on LINE. A serial line is set up anew: its cameras are given their addresses."""
    _run(partial(_scan, line))


@visca.command()
@click.option("--listen", metavar="TRANSPORT://ADDRESS[:PORT]", help="On the network; else on a pseudo-terminal.")
@click.option("--allow", multiple=True, default=("127.0.0.0/8", "::1"), show_default=True, help="Who may move it.")
@click.option("--model", type=click.Choice(get_args(Model)), default="evi-d70", show_default=True)
def emulate_camera(listen: str | None, allow: tuple[str, ...], model: Model) -> None:
    """Is a camera that moves as a real one would, until interrupted. Prints where it is, then where it looks."""
    with _camera(listen, allow, model) as (where, role, head):
        _run(partial(_until_interrupted, partial(_emulate, where, role, head)))


async def _send(place: Place, frames: list[bytes], wait: float, hold: float | None) -> int:
    describer = Describer()
    async with place.open() as line:
        codes = [await _ask(line, frame, wait, describer) for frame in frames]
        if hold is not None and (stop := stop_of(frames[0])) is not None:
            await trio.sleep(hold)
            codes.append(await _ask(line, stop, wait, describer))
    return max(codes)


async def _ask(line: Line, frame: bytes, wait: float, describer: Describer) -> int:
    click.echo(describer.describe(frame))
    command = commands.COMMANDS.decode(frame[1:-1])
    patience = COMPLETED_WITHIN if command is not None and moved_by(command) else 0.0
    heard = b""
    async with aclosing(ask(line, frame, wait, patience)) as answers:
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
    try:
        network = _network_config(listen, allow, model)
    except (ValueError, OSError) as error:
        raise click.UsageError(f"--listen {listen}: {error}") from None
    yield listen, (TcpCamera if network.transport == "tcp" else UdpCamera)(network, head.position), head


def _network_config(listen: str, allow: tuple[str, ...], model: Model) -> NetworkConfig:
    """Returns where to listen: a name is looked up, and the usual port taken where there is none."""
    address = parse_network_address(listen)
    if address is None:
        raise ValueError("expected tcp://ADDRESS, udp://ADDRESS or sony-udp://ADDRESS, with :PORT where it is another")
    found = sorted(socket.getaddrinfo(address.host, address.port), key=lambda entry: entry[0] != socket.AF_INET)
    host = str(found[0][4][0])
    where = f"[{host}]:{address.port}" if ":" in host else f"{host}:{address.port}"
    return NetworkConfig(transport=address.transport, listen=where, allow=allow, model=model)


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
