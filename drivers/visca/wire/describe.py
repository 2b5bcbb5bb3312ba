"""Describes VISCA frames in words, for people who watch a line."""

from enum import Enum

from drivers.visca.wire import blocks, commands, replies, settings
from drivers.visca.wire import inquiries as visca
from drivers.visca.wire.framing import BROADCAST, CONTROLLER, receiver_of, sender_of
from drivers.visca.wire.layout import Catalogue, Message, decode, hexadecimal

_TO_CAMERA = Catalogue((*commands.COMMANDS.kinds, commands.Cancel, commands.InterfaceClear))
_ANSWERS: dict[type[Message], tuple[type[Message], ...]] = {
    visca.VersionInquiry: (visca.Version,),
    visca.PowerInquiry: (visca.SwitchState,),
    visca.MenuInquiry: (visca.SwitchState,),
    visca.FocusModeInquiry: (visca.FocusModeState,),
    visca.ZoomInquiry: (visca.ValueReply,),
    visca.FocusInquiry: (visca.ValueReply,),
    visca.IdInquiry: (visca.ValueReply,),
    visca.MemoryInquiry: (visca.LastMemory,),
    visca.PanTiltInquiry: (visca.PanTiltPosition, visca.PanTiltPositionLong),
    visca.MaxSpeedInquiry: (visca.MaxSpeed,),
    visca.StatusInquiry: (visca.PanTiltStatus,),
    blocks.LensBlockInquiry: (blocks.LensBlock,),
    blocks.CameraBlockInquiry: (blocks.AutomaticCameraBlock,),
    blocks.OtherBlockInquiry: (blocks.OtherBlock,),
    blocks.EnlargementBlockInquiry: (blocks.PlainEnlargementBlock,),
    settings.SettingInquiry: (visca.Mode,),
    settings.LevelInquiry: (visca.ValueReply,),
    settings.TallyInquiry: (visca.SwitchState,),
}


class Describer:
    """Remembers the inquiries, because only the inquiry tells what the bytes of its reply mean."""

    def __init__(self) -> None:
        self._asked: dict[int, list[type[Message]]] = {}

    def describe(self, frame: bytes) -> str:
        """Returns one line of text: sender, receiver, bytes and meaning of a frame."""
        sender, receiver = sender_of(frame), receiver_of(frame)
        return f"{_name(sender)} > {_name(receiver)}  {frame.hex(' ').upper()}  {self._meaning(frame)}"

    def _meaning(self, frame: bytes) -> str:
        body = frame[1:-1]
        if receiver_of(frame) == BROADCAST:
            message = commands.BROADCASTS.decode(body)
        elif sender_of(frame) == CONTROLLER:
            message = self._sent(body, receiver_of(frame))
        else:
            message = self._replied(body, sender_of(frame))
        if message is not None:
            return spelled(message)
        return "NetworkChange()" if body == replies.NETWORK_CHANGE else "not understood"

    def _sent(self, body: bytes, camera: int) -> Message | None:
        inquiry = visca.INQUIRIES.decode(body)
        if inquiry is not None:
            self._asked[camera] = [*self._asked.get(camera, [])[-7:], type(inquiry)]
        return inquiry or _TO_CAMERA.decode(body)

    def _replied(self, body: bytes, camera: int) -> Message | None:
        if (reply := replies.REPLIES.decode(body)) is not None:
            return reply
        asked = self._asked.get(camera, [])
        kinds = _ANSWERS.get(asked.pop(0), ()) if asked and body[0] == 0x50 else ()
        return next((answer for kind in kinds if (answer := decode(body, kind))), None)


def spelled(message: Message) -> str:
    """Returns the name of a message and its fields, in the hexadecimal of the manuals and with names for values."""
    fields = (f"{name}={digits}{_meaning_of(message, name)}" for name, digits in hexadecimal(message).items())
    return f"{type(message).__name__}({', '.join(fields)})"


def _meaning_of(message: Message, field: str) -> str:
    value = getattr(message, field)
    return f" {value.name}" if isinstance(value, Enum) else ""


def _name(address: int) -> str:
    return "controller" if address == CONTROLLER else "all" if address == BROADCAST else f"camera {address}"
