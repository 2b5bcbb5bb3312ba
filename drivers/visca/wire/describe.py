"""VISCA frames in words, for people who look at a line."""

from drivers.visca.wire import commands, replies
from drivers.visca.wire import inquiries as visca
from drivers.visca.wire.framing import BROADCAST, CONTROLLER, receiver_of, sender_of
from drivers.visca.wire.layout import Catalogue, Message, decode

_NETWORK_CHANGE = b"\x38"
_TO_CAMERA = Catalogue((*commands.COMMANDS.kinds, commands.Cancel, commands.InterfaceClear))
_ANSWERS: dict[type[Message], tuple[type[Message], ...]] = {
    visca.VersionInquiry: (visca.Version,),
    visca.PowerInquiry: (visca.SwitchState,),
    visca.MenuInquiry: (visca.SwitchState,),
    visca.FocusModeInquiry: (visca.FocusModeState,),
    visca.ZoomInquiry: (visca.Place,),
    visca.FocusInquiry: (visca.Place,),
    visca.IdInquiry: (visca.Place,),
    visca.MemoryInquiry: (visca.LastMemory,),
    visca.PanTiltInquiry: (visca.PanTiltPlace, visca.PanTiltPlaceLong),
    visca.MaxSpeedInquiry: (visca.MaxSpeed,),
    visca.StatusInquiry: (visca.PanTiltStatus,),
}


class Describer:
    """Remembers what was asked: only the question tells what an answer means."""

    def __init__(self) -> None:
        self._asked: dict[int, list[type[Message]]] = {}

    def describe(self, whole: bytes) -> str:
        """One frame: who to whom, its bytes, and what they say."""
        sender, receiver = sender_of(whole), receiver_of(whole)
        return f"{_name(sender)} > {_name(receiver)}  {whole.hex(' ').upper()}  {self._meaning(whole)}"

    def _meaning(self, whole: bytes) -> str:
        body = whole[1:-1]
        if receiver_of(whole) == BROADCAST:
            message = commands.BROADCASTS.decode(body)
        elif sender_of(whole) == CONTROLLER:
            message = self._said(body, receiver_of(whole))
        else:
            message = self._answered(body, sender_of(whole))
        return repr(message) if message else "NetworkChange()" if body == _NETWORK_CHANGE else "not understood"

    def _said(self, body: bytes, camera: int) -> Message | None:
        inquiry = visca.INQUIRIES.decode(body)
        if inquiry is not None:
            self._asked[camera] = [*self._asked.get(camera, [])[-7:], type(inquiry)]
        return inquiry or _TO_CAMERA.decode(body)

    def _answered(self, body: bytes, camera: int) -> Message | None:
        if (reply := replies.REPLIES.decode(body)) is not None:
            return reply
        asked = self._asked.get(camera, [])
        kinds = _ANSWERS[asked.pop(0)] if asked and body[0] == 0x50 else ()
        return next((answer for kind in kinds if (answer := decode(body, kind))), None)


def _name(address: int) -> str:
    return "controller" if address == CONTROLLER else "all" if address == BROADCAST else f"camera {address}"
