"""Listening to the microphone before a call, the test tone, and the echo test."""

import math
from typing import TYPE_CHECKING

from appliance.simulator.model import errors
from appliance.simulator.model.errors import Refused
from appliance.simulator.model.table import NO_CONFERENCE, Fields, Table, asking, doing

if TYPE_CHECKING:
    from appliance.simulator.model.terminal import Terminal

LEVEL_INTERVAL = 0.1  # seconds between two levels of the microphone
ECHO_TIME = 3.0  # seconds that the echo test takes
READY, RUNNING, FAILED, DISABLED = 1, 2, 3, 4
OUTGOING_BITRATE = 575  # kbit/s in a call


class SoundChecks:
    """The two tests; neither goes on by itself after a restart."""

    def __init__(self, terminal: "Terminal") -> None:
        self._terminal = terminal
        self.reset()

    def reset(self) -> None:
        """As after a restart: nothing is tested."""
        self._level_at = self._echo_until = math.inf
        self._echo_state = READY
        self._delay = 10  # milliseconds

    @property
    def due(self) -> float:
        """When the next level is told or the echo test ends."""
        return min(self._level_at, self._echo_until)

    @property
    def capturing(self) -> bool:
        """Whether somebody listens to the microphone."""
        return self._level_at < math.inf

    def start_capture(self) -> None:
        """From now on the level of the microphone is told."""
        if self.capturing:
            raise Refused(errors.RUNNING)
        if not self._terminal.equipment.has("audioCapturer"):
            raise Refused(errors.UNKNOWN_DEVICE)
        self._level_at = self._terminal.now() + LEVEL_INTERVAL
        self._terminal.emit("testAudioCapturerStateChanged", started=True)

    def stop_capture(self) -> None:
        """No more levels."""
        if not self.capturing:
            raise Refused(errors.NOT_RUNNING)
        self._level_at = math.inf
        self._terminal.emit("testAudioCapturerStateChanged", started=False)

    def start_echo(self) -> None:
        """Measures how long the room's echo takes; fails without microphone or loudspeaker."""
        if self._echo_state == RUNNING:
            raise Refused(errors.RUNNING)
        self._echo_until = self._terminal.now() + ECHO_TIME
        self._echo(RUNNING)

    def stop_echo(self) -> None:
        """Ends the measurement without a result."""
        if self._echo_state != RUNNING:
            raise Refused(errors.NOT_RUNNING)
        self._echo_until = math.inf
        self._echo(READY)

    def describe_echo(self) -> Fields:
        """The fields of the reply to `getAudioDelayDetectorInfo`."""
        enabled = self._terminal.settings.values["aecEnable"] or self._echo_state == RUNNING
        return {"state": self._echo_state if enabled else DISABLED, "delay": self._delay}

    def conference_began(self) -> None:
        """Nobody listens to the microphone in a conference."""
        if self.capturing:
            self.stop_capture()
        self.tell_bitrate()

    def tell_bitrate(self) -> None:
        """What the room sends has changed."""
        self._terminal.emit("outgoingBitrateChanged", bitrate=outgoing_bitrate(self._terminal))

    def advance(self) -> None:
        """Does what is due."""
        if self._terminal.now() >= self._level_at:
            self._level_at += LEVEL_INTERVAL
            self._terminal.emit("testAudioCapturerLevel", lvl=self._level())
        if self._terminal.now() >= self._echo_until:
            self._echo_until = math.inf
            works = self._terminal.equipment.has("audioCapturer") and self._terminal.equipment.has("audioRenderer")
            self._delay = 40 if works else self._delay
            self._echo(READY if works else FAILED)

    def _echo(self, state: int) -> None:
        self._echo_state = state
        self._terminal.emit("audioDelayDetectorTestStateChanged", state=state, delay=self._delay)

    def _level(self) -> float:
        if self._terminal.mutes.muted["mic"]:
            return 0.0
        gain: float = abs(self._terminal.settings.values["audioCapturerLevel"])
        return round(gain * (0.5 + 0.4 * math.sin(self._terminal.now() * 7)), 6)  # as if somebody talked


def outgoing_bitrate(terminal: "Terminal") -> int:
    """What the room sends, in kbit/s."""
    if terminal.calls.conference is None:
        return 0
    limit = int(terminal.settings.values["outputBandWidth"])
    return min(limit, 64 if terminal.mutes.muted["video"] else OUTGOING_BITRATE)


SOUND_CHECKS: Table = {
    "testAudioRenderer": doing(lambda _terminal: None),
    "testAudioCapturerStart": doing(
        lambda terminal: terminal.sound_checks.start_capture(),
        NO_CONFERENCE,
        events=("testAudioCapturerStateChanged", "testAudioCapturerLevel"),
    ),
    "testAudioCapturerStop": doing(
        lambda terminal: terminal.sound_checks.stop_capture(), events=("testAudioCapturerStateChanged",)
    ),
    "startAudioDelayDetectorTest": doing(
        lambda terminal: terminal.sound_checks.start_echo(), events=("audioDelayDetectorTestStateChanged",)
    ),
    "stopAudioDelayDetectorTest": doing(
        lambda terminal: terminal.sound_checks.stop_echo(), events=("audioDelayDetectorTestStateChanged",)
    ),
    "getAudioDelayDetectorInfo": asking(lambda terminal: terminal.sound_checks.describe_echo()),
    "getOutgoingBitrate": asking(lambda terminal: {"bitrate": outgoing_bitrate(terminal)}),
}
