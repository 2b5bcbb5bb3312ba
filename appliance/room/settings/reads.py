"""Which command reads each part, whose terminals have it, and which account may ask."""

from collections.abc import Iterator, Mapping
from typing import Final

from appliance.room.settings.setting import Part
from appliance.terminal.messages.base import Command
from appliance.terminal.messages.devices import GetSettings
from appliance.terminal.messages.hardware import GetHardware, GetRotation, GetSoundDevice
from appliance.terminal.messages.http_server import GetHttpServer
from appliance.terminal.messages.newer.generation import Generation
from appliance.terminal.messages.newer.picture import GetBlur, GetCameraBackground, GetNoiseSuppression

READS: Final[Mapping[Part, Command]] = {
    Part.SETTINGS: GetSettings(),
    Part.HARDWARE: GetHardware(),
    Part.SOUNDS: GetSoundDevice(),
    Part.ROTATION: GetRotation(),
    Part.BLUR: GetBlur(),
    Part.BACKGROUND: GetCameraBackground(),
    Part.NOISE: GetNoiseSuppression(),
    Part.HTTP: GetHttpServer(),
}

NEWER: Final = frozenset({Part.BLUR, Part.BACKGROUND, Part.NOISE})
"""Not in the document of older terminals; a newer one that refuses to tell it does not have it."""

ADMINISTRATORS: Final = frozenset({Part.HTTP})
"""The document gives these commands to the administrator's account alone (`terminal.client.permissions`)."""

WITHOUT_EVENT: Final = frozenset({Part.ROTATION})
"""No event of the document tells of a change; some newer terminals have one. Such a part is read after a change."""

USER: Final = "user"


def readable(generation: Generation, account: str) -> Iterator[Part]:
    """Yields what this terminal can be asked by this account: `admin`, `user`, or empty where that is not known."""
    for part in READS:
        if part in NEWER and generation is not Generation.NEWER:
            continue
        if part in ADMINISTRATORS and account == USER:
            continue
        yield part
