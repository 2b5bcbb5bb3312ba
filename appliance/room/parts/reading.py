"""What of the room has to be asked for."""

from enum import StrEnum


class Reading(StrEnum):
    """A part of the room that has to be asked for: after a connect, or when a change makes it worth while."""

    ACCOUNT = "account"
    CALL = "call"
    MIC = "mic"
    AUDIO = "audio"
    VIDEO = "video"
    SETTINGS = "settings"
    CAMERA = "camera"
    SCHEDULE = "schedule"
    HISTORY = "history"
    CONTACTS = "contacts"
    REQUESTS = "requests"
    PARTICIPANTS = "participants"
    SLEEP = "sleep"  # this one where it matters, and only from newer terminals
    PRESETS = "presets"  # this and the next where the room needs them; not every terminal knows of them
    COM_PORT = "com_port"
