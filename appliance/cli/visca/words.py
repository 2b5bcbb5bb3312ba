"""What `offhook visca send` may be told: words, or the bytes of a message."""

import re

import click

from drivers.visca.wire import commands, inquiries
from drivers.visca.wire.framing import CONTROLLER, MAX_FRAME, MIN_FRAME, encode_frame
from drivers.visca.wire.layout import Message, encode

PAN_SPEED, TILT_SPEED, ZOOM_SPEED = 0x0C, 0x0A, 3  # about half of what most cameras can
PAN_TILT_STOP = commands.PanTiltDrive(1, 1, commands.Pan.STOP, commands.Tilt.STOP)  # some cameras refuse speed 0


def _drive(pan: commands.Pan = commands.Pan.STOP, tilt: commands.Tilt = commands.Tilt.STOP) -> Message:
    return commands.PanTiltDrive(PAN_SPEED, TILT_SPEED, pan, tilt)


WORDS: dict[str, tuple[Message, ...]] = {
    "left": (_drive(pan=commands.Pan.LEFT),),
    "right": (_drive(pan=commands.Pan.RIGHT),),
    "up": (_drive(tilt=commands.Tilt.UP),),
    "down": (_drive(tilt=commands.Tilt.DOWN),),
    "in": (commands.ZoomTeleVariable(ZOOM_SPEED),),
    "out": (commands.ZoomWideVariable(ZOOM_SPEED),),
    "stop": (PAN_TILT_STOP, commands.ZoomStop()),
    "zoom-stop": (commands.ZoomStop(),),
    "home": (commands.PanTiltHome(),),
    "version": (inquiries.VersionInquiry(),),
    "power": (inquiries.PowerInquiry(),),
    "position": (inquiries.PanTiltInquiry(),),
    "zoom": (inquiries.ZoomInquiry(),),
    "status": (inquiries.StatusInquiry(),),
}
_PRESETS = {
    "preset": commands.MemoryAction.RECALL,
    "recall": commands.MemoryAction.RECALL,
    "store": commands.MemoryAction.SET,
    "reset": commands.MemoryAction.RESET,
}
_KNOWN = ", ".join([*WORDS, *(f"{word} N" for word in _PRESETS)])


def parse_frames(words: tuple[str, ...], address: int) -> list[bytes]:
    """Returns the frames for words or bytes. Raises `click.UsageError` saying what is wrong with them."""
    if words[0] in WORDS and len(words) == 1:
        return [encode_frame(encode(message), sender=CONTROLLER, receiver=address) for message in WORDS[words[0]]]
    if words[0] in _PRESETS:
        return [encode_frame(encode(_memory(words)), sender=CONTROLLER, receiver=address)]
    return [_from_bytes(" ".join(words), address)]


def stop_of(frame: bytes) -> bytes | None:
    """Returns the frame that ends the movement which `frame` begins, None where it begins none that goes on."""
    command = commands.COMMANDS.decode(frame[1:-1])
    if isinstance(command, commands.PanTiltDrive):
        return frame[:1] + encode(PAN_TILT_STOP) + frame[-1:]
    zooms = commands.ZoomTele | commands.ZoomWide | commands.ZoomTeleVariable | commands.ZoomWideVariable
    return frame[:1] + encode(commands.ZoomStop()) + frame[-1:] if isinstance(command, zooms) else None


def _from_bytes(text: str, address: int) -> bytes:
    try:
        data = bytes.fromhex(text)
    except ValueError as error:
        raise click.UsageError(f"{text!r}: expected {_KNOWN}, or bytes: {error}") from None
    if data[:1] >= b"\x80" and not data.endswith(b"\xff"):
        spelled = data.hex(" ").upper()
        raise click.UsageError(
            f"{text!r}: begins with the header {spelled[:2]} of a frame, and the FF that ends one is missing; "
            f"expected {spelled} FF, or a message without header and FF"
        )
    if data[:1] >= b"\x80" and MIN_FRAME <= len(data) <= MAX_FRAME and data.count(b"\xff") == 1:
        return data
    if data.endswith(b"\xff") and data[:1] < b"\x80":
        raise click.UsageError(
            f"{text!r}: ends with the FF of a frame, and the header that begins one is missing; "
            f"expected 8{address} {data.hex(' ').upper()}, or a message without header and FF"
        )
    try:
        return encode_frame(data, sender=CONTROLLER, receiver=address)
    except ValueError as error:
        raise click.UsageError(f"{text!r}: expected {_KNOWN}, or bytes: {error}") from None


def _memory(words: tuple[str, ...]) -> commands.Memory:
    if len(words) != 2 or not re.fullmatch(r"\d{1,3}", words[1]) or int(words[1]) > 254:
        raise click.UsageError(f"{' '.join(words)!r}: expected {words[0]} and a number from 0 to 254")
    return commands.Memory(action=_PRESETS[words[0]], number=int(words[1]))
