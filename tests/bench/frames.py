"""What goes over the line in measurements."""

from appliance.terminal.messages.base import Command
from appliance.terminal.messages.calls import AppStateChanged
from appliance.terminal.messages.devices import MicMuted
from appliance.terminal.messages.enums import AppState
from appliance.terminal.messages.frames import encode, encode_event


def frame(command: Command) -> str:
    """What the appliance sends, with an id as long as most are."""
    return encode(command, "1000").decode()


def mute_event(*, on: bool) -> bytes:
    """The terminal's microphone was muted or unmuted."""
    return encode_event(MicMuted(mute=on))


def login_event(*, needed: bool) -> bytes:
    """The terminal needs somebody to log in, or is ready again."""
    return encode_event(AppStateChanged(app_state=AppState.LOGIN_NEEDED if needed else AppState.READY))
