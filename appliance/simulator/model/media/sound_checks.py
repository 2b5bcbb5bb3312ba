"""Sound tests before a call: the level of the microphone, the test tone, and the echo test."""

import math

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.context import Context
from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.common.table import NO_CONFERENCE, Fields, Table, asking, doing
from appliance.simulator.model.conversation.current import CurrentCall
from appliance.simulator.model.machine.settings import Settings
from appliance.simulator.model.media.equipment import Equipment
from appliance.simulator.model.media.mutes import Mutes

LEVEL_INTERVAL = 0.1  # seconds between two levels of the microphone
ECHO_TIME = 3.0  # seconds that the echo test takes
READY, RUNNING, FAILED, DISABLED = 1, 2, 3, 4
OUTGOING_BITRATE = 575  # kbit/s in a call


class SoundChecks:
    """The microphone's level and the echo test; both end with a restart."""

    def __init__(
        self, context: Context, settings: Settings, equipment: Equipment, mutes: Mutes, current: CurrentCall
    ) -> None:
        self._now = context.now
        self._emit = context.emit
        self._settings = settings
        self._equipment = equipment
        self._mutes = mutes
        self._current = current
        self.reset()

    def reset(self) -> None:
        """Ends both tests without a report, as a restart does."""
        self._level_at = self._echo_until = math.inf
        self._echo_state = READY
        self._delay = 10  # milliseconds

    @property
    def due(self) -> float:
        """When the next level is reported or the echo test ends."""
        return min(self._level_at, self._echo_until)

    @property
    def capturing(self) -> bool:
        """Whether the level of the microphone is being reported."""
        return self._level_at < math.inf

    def start_capture(self) -> None:
        """Begins to report the level of the microphone; refused without one."""
        if self.capturing:
            raise Refused(errors.RUNNING)
        if not self._equipment.has("audioCapturer"):
            raise Refused(errors.UNKNOWN_DEVICE)
        self._level_at = self._now() + LEVEL_INTERVAL
        self._emit("testAudioCapturerStateChanged", started=True)

    def stop_capture(self) -> None:
        """Ends the reports of the level."""
        if not self.capturing:
            raise Refused(errors.NOT_RUNNING)
        self._level_at = math.inf
        self._emit("testAudioCapturerStateChanged", started=False)

    def start_echo(self) -> None:
        """Begins to measure the delay of the room's echo, which fails without microphone or loudspeaker."""
        if self._echo_state == RUNNING:
            raise Refused(errors.RUNNING)
        self._echo_until = self._now() + ECHO_TIME
        self._echo(RUNNING)

    def stop_echo(self) -> None:
        """Ends the measurement without a result."""
        if self._echo_state != RUNNING:
            raise Refused(errors.NOT_RUNNING)
        self._echo_until = math.inf
        self._echo(READY)

    def describe_echo(self) -> Fields:
        """Returns the fields of the reply to `getAudioDelayDetectorInfo`."""
        enabled = self._settings.values["aecEnable"] or self._echo_state == RUNNING
        return {"state": self._echo_state if enabled else DISABLED, "delay": self._delay}

    def conference_began(self) -> None:
        """Ends the reports of the level, since a conference has begun."""
        if self.capturing:
            self.stop_capture()
        self.report_bitrate()

    def report_bitrate(self) -> None:
        """Reports what the room sends."""
        self._emit("outgoingBitrateChanged", bitrate=self.outgoing_bitrate())

    def outgoing_bitrate(self) -> int:
        """Returns what the room sends, in kbit/s."""
        if self._current.roster is None:
            return 0
        limit = int(self._settings.values["outputBandWidth"])
        return min(limit, 64 if self._mutes.muted["video"] else OUTGOING_BITRATE)

    def advance(self) -> None:
        """Does what is due."""
        if self._now() >= self._level_at:
            self._level_at += LEVEL_INTERVAL
            self._emit("testAudioCapturerLevel", lvl=self._level())
        if self._now() >= self._echo_until:
            self._echo_until = math.inf
            works = self._equipment.has("audioCapturer") and self._equipment.has("audioRenderer")
            self._delay = 40 if works else self._delay
            self._echo(READY if works else FAILED)

    def _echo(self, state: int) -> None:
        self._echo_state = state
        self._emit("audioDelayDetectorTestStateChanged", state=state, delay=self._delay)

    def _level(self) -> float:
        if self._mutes.muted["mic"]:
            return 0.0
        gain: float = max(0, self._settings.values["audioCapturerLevel"])
        return round(gain * (0.5 + 0.4 * math.sin(self._now() * 7)), 6)  # as if somebody talked


SOUND_CHECKS: Table[SoundChecks] = {
    "testAudioRenderer": doing(lambda _checks: None),
    "testAudioCapturerStart": doing(
        SoundChecks.start_capture,
        NO_CONFERENCE,
        events=("testAudioCapturerStateChanged", "testAudioCapturerLevel"),
    ),
    "testAudioCapturerStop": doing(SoundChecks.stop_capture, events=("testAudioCapturerStateChanged",)),
    "startAudioDelayDetectorTest": doing(SoundChecks.start_echo, events=("audioDelayDetectorTestStateChanged",)),
    "stopAudioDelayDetectorTest": doing(SoundChecks.stop_echo, events=("audioDelayDetectorTestStateChanged",)),
    "getAudioDelayDetectorInfo": asking(SoundChecks.describe_echo),
    "getOutgoingBitrate": asking(lambda checks: {"bitrate": checks.outgoing_bitrate()}),
}
