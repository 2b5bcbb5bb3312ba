"""The room in parts, each of which is a topic: who shows calls need not hear of every turn of the volume.

They are made from the one view of the room that pages have (`panel.view`), so that a dashboard and a panel never say
different things. Each part says its `version`: fields may be added to one, and anything else makes another. None is
what the terminal has not confirmed. Times of day are ISO 8601 in UTC, to the second.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import ClassVar, Final

import msgspec

from appliance.fleet.mqtt import topics
from appliance.fleet.mqtt.topics import Topic
from appliance.panel.view import Door, Meeting, Meetings, View
from appliance.room.happened import iso
from appliance.room.motion import STILL
from appliance.room.parts.link import LinkPhase
from appliance.room.state import Phase, RoomState
from appliance.room.update import Update, UpdatePhase

VERSION: Final = 1
MOST_MEETINGS: Final = 20  # of today: more than that is a calendar's business, and every change sends all of them


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Base of every part; `topic`: where it is said."""

    topic: ClassVar[Topic]
    version: int = VERSION


class CallPart(Part, frozen=True, kw_only=True):
    """`doing` says `phase` in words. `other`: who else calls. `ended`: how the last call ended, by a word of ours."""

    topic = topics.CALL
    link: LinkPhase
    phase: Phase
    doing: str
    who: str = ""
    group: bool = False
    since: str | None = None
    on_hold: bool | None = None
    other: str = ""
    wish: str = ""
    asked: str = ""
    ended: str = ""


class SoundPart(Part, frozen=True, kw_only=True):
    """`volume`: 0 to 100."""

    topic = topics.SOUND
    mic_muted: bool | None
    audio_muted: bool | None
    volume: int | None


class CameraPart(Part, frozen=True, kw_only=True):
    """`moves`: the box moves the terminal's camera now. `presets`: numbers of stored places; None: none told of."""

    topic = topics.CAMERA
    video_muted: bool | None
    moves: bool
    presets: tuple[int, ...] | None


class ToldMeeting(msgspec.Struct, frozen=True):
    """One meeting; `title` and `owner` are empty unless `titles` of `[mqtt]` is on, and for private ones."""

    title: str
    owner: str
    start: str
    end: str | None
    all_day: bool


class MeetingsPart(Part, frozen=True, kw_only=True):
    """`known` false: nobody knows whether there are any. `others`: how many are on beside `now`."""

    topic = topics.MEETINGS
    known: bool
    door: Door
    now: ToldMeeting | None = None
    others: int = 0
    next: ToldMeeting | None = None
    today: tuple[ToldMeeting, ...] = ()


class ConferencePart(Part, frozen=True, kw_only=True):
    """`active`: a call goes on; without one the rest says nothing. `count`: how many are in it, the room among them."""

    topic = topics.CONFERENCE
    active: bool
    count: int | None = None
    ours: bool = False
    recorded: bool = False
    content: str = ""
    speaks: bool | None = None


class DisplayPart(Part, frozen=True, kw_only=True):
    """`says`: a sentence about what has just happened. `undisturbed_until`: None: until somebody ends it."""

    topic = topics.DISPLAY
    says: str
    undisturbed: bool
    undisturbed_until: str | None
    night: bool
    locked: bool
    sleeping: bool | None


class PresencePart(Part, frozen=True, kw_only=True):
    """`somebody`: None where that is not known. `sensing`: the sensors that see somebody now."""

    topic = topics.PRESENCE
    somebody: bool | None
    sensing: tuple[str, ...]


class OutputsPart(Part, frozen=True, kw_only=True):
    """By the words of the action that switches it, such as "relay lights"; None: nobody knows."""

    topic = topics.OUTPUTS
    outputs: Mapping[str, bool | None]


class UpdatePart(Part, frozen=True, kw_only=True):
    """`installed_version` is empty where nothing renews this box; the names are those that Home Assistant has."""

    topic = topics.UPDATE
    installed_version: str
    latest_version: str
    in_progress: bool
    failed: bool
    result: str = ""


class TimesOfDay:
    """Moments of the box's monotonic clock as times of day, the same text for the same moment as long as it is asked.

    A clock that is corrected by milliseconds must not make a new message of every part that has a time in it.
    """

    def __init__(self, clock: Callable[[], datetime | None], now: Callable[[], float]) -> None:
        """`clock`: the time of day, None while it is not known. `now`: monotonic seconds."""
        self._clock = clock
        self._now = now
        self._known: dict[int, str] = {}

    def __call__(self, moment: int | None) -> str | None:
        """Returns the time of a moment in monotonic milliseconds; None where either is not known."""
        if moment is None:
            return None
        if moment not in self._known:
            time = self._clock()
            if time is None:
                return None
            if len(self._known) > MOST_MEETINGS:
                self._known.clear()
            self._known[moment] = iso(time.timestamp() - self._now() + moment / 1000)
        return self._known[moment]


class Divided:
    """Looks at a room, and says which parts have changed."""

    def __init__(self, view: Callable[[RoomState], View], times: TimesOfDay) -> None:
        self._view = view
        self._times = times
        self._before: dict[Topic, Part] = {}

    def __call__(self, state: RoomState) -> dict[Topic, bytes]:
        """Returns the parts that are others than at the last call, as JSON."""
        view = self._view(state)
        changed = {part.topic: part for part in self._parts(view, state) if self._before.get(part.topic) != part}
        self._before |= changed
        return {topic: msgspec.json.encode(part) for topic, part in changed.items()}

    def _parts(self, view: View, state: RoomState) -> tuple[Part, ...]:
        sees = tuple(sorted(state.presence.sensing))
        return (
            self._call(view, state),
            SoundPart(mic_muted=view.mic_muted, audio_muted=view.audio_muted, volume=view.volume),
            _camera(view, state),
            _meetings(view.meetings, view.door),
            _conference(view),
            self._display(view, state),
            PresencePart(somebody=state.presence.somebody, sensing=sees),
            OutputsPart(outputs=dict(sorted(state.outputs.items()))),
            _update(state.update),
        )

    def _call(self, view: View, state: RoomState) -> CallPart:
        call, ended = view.call, state.last_end
        return CallPart(
            link=view.link,
            phase=view.phase,
            doing=view.doing,
            who=call.who if call else "",
            group=call is not None and call.group,
            since=self._times(call.since) if call else None,
            on_hold=view.on_hold,
            other=view.other,
            wish=view.wish,
            asked=view.asked,
            ended=ended.ending if ended else "",
        )

    def _display(self, view: View, state: RoomState) -> DisplayPart:
        return DisplayPart(
            says=view.says,
            undisturbed=view.quiet.undisturbed,
            undisturbed_until=self._times(view.quiet.until),
            night=view.quiet.night,
            locked=state.locked is not None,
            sleeping=state.sleeping,
        )


def _camera(view: View, state: RoomState) -> CameraPart:
    if view.link is not LinkPhase.UP:
        return CameraPart(video_muted=None, moves=False, presets=None)
    presets = None if state.presets is None else tuple(sorted(state.presets))
    return CameraPart(video_muted=view.video_muted, moves=state.motion != STILL, presets=presets)


def _meetings(meetings: Meetings, door: Door) -> MeetingsPart:
    return MeetingsPart(
        known=meetings.known,
        door=door,
        now=_meeting(meetings.now) if meetings.now else None,
        others=meetings.others,
        next=_meeting(meetings.next) if meetings.next else None,
        today=tuple(map(_meeting, meetings.today[:MOST_MEETINGS])),
    )


def _meeting(meeting: Meeting) -> ToldMeeting:
    end = None if meeting.end is None else iso(meeting.end / 1000)
    return ToldMeeting(meeting.title, meeting.owner, iso(meeting.start / 1000), end, meeting.all_day)


def _update(update: Update) -> UpdatePart:
    return UpdatePart(
        installed_version=update.installed,
        latest_version=update.wanted or update.installed,
        in_progress=update.phase not in {UpdatePhase.IDLE, UpdatePhase.OFFERED},
        failed=update.failed,
        result=str(update.told),
    )


def _conference(view: View) -> ConferencePart:
    there = view.conference
    if there is None:
        return ConferencePart(active=False)
    return ConferencePart(
        active=True,
        count=there.count,
        ours=there.ours,
        recorded=there.recorded,
        content=there.content,
        speaks=there.speaks,
    )
