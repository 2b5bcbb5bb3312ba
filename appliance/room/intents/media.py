"""Sound and picture of the room: muted or not, and how loud."""

from appliance.room.intents.base import Intent


class MuteMic(Intent, frozen=True):
    """Microphone muted or not."""

    on: bool


class MuteAudio(Intent, frozen=True):
    """Loudspeaker muted or not."""

    on: bool


class MuteVideo(Intent, frozen=True):
    """Camera muted or not."""

    on: bool


class SetVolume(Intent, frozen=True):
    """Loudspeaker level, 0.0 to 1.0."""

    level: float
