"""`[automations]`: what the room does by itself. Whatever is not in this table, it does not."""

import re
from datetime import time
from typing import Annotated

import msgspec

from appliance.language.text import Text, Unusable

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
Percent = Annotated[int, msgspec.Meta(ge=0, le=100)]
Peer = Annotated[str, msgspec.Meta(min_length=1, max_length=256)]
Minutes = Annotated[int, msgspec.Meta(ge=1, le=240)]


class AutoAnswer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[automations.auto_answer]`: answers a call that has rung for `delay` seconds.

    `allow`: whose, peer ids or `*@server`; left out: everybody's. `mute`: with the microphone off.
    """

    delay: Annotated[float, msgspec.Meta(ge=0, le=60)] = 5.0
    allow: tuple[Peer, ...] = ()
    mute: bool = False


class RetryBusy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[automations.retry_busy]`: calls somebody who was busy again, so many `times`, after `pause` seconds each."""

    times: Annotated[int, msgspec.Meta(ge=1, le=10)] = 3
    pause: Annotated[float, msgspec.Meta(ge=5, le=600)] = 30.0


class Night(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[automations.night]`: from when to when it is night, local times such as "22:00"."""

    begins: str
    ends: str

    def __post_init__(self) -> None:
        """Refuses what is no time, and a night without an end."""
        if local_time("begins", self.begins) == local_time("ends", self.ends):
            raise Unusable(Text("mistake.endless_night"), key="begins", beside="ends")


class Automations(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[automations]`.

    `mute_on_entry`: the microphone is off when a call is established. `restore_volume`: after each call the volume is
    what it was before, or this many percent. `unmute_after`: after each call the microphone is on for the next people.
    `decline_undisturbed`: calls are declined while the room is not to be disturbed. `wake_on_touch`,
    `wake_on_presence`: a terminal that sleeps wakes when something is touched, or when somebody comes.
    `hang_up_alone`: after so many minutes without anybody else in a conference the room leaves it. `join_meetings`:
    each meeting of the schedule is joined when it begins. `end_countdown`: so many minutes before the end of a meeting
    a call hears of it. `daily_restart`: the local time at which the terminal starts again.
    """

    auto_answer: AutoAnswer | None = None
    mute_on_entry: bool = False
    restore_volume: bool | Percent = False
    unmute_after: bool = False
    decline_undisturbed: bool = False
    retry_busy: RetryBusy | None = None
    wake_on_touch: bool = False
    wake_on_presence: bool = False
    hang_up_alone: Minutes | None = None
    join_meetings: bool = False
    end_countdown: Annotated[tuple[Minutes, ...], msgspec.Meta(max_length=10)] = ()
    night: Night | None = None
    daily_restart: str | None = None

    def __post_init__(self) -> None:
        """Refuses what is no time."""
        if self.daily_restart is not None:
            local_time("daily_restart", self.daily_restart)


def local_time(key: str, text: str) -> time:
    """Returns a time of day such as "22:00". Raises `Unusable`, which names the key."""
    if not _TIME.fullmatch(text):
        raise Unusable(Text("mistake.time_of_day", time=text), key=key)
    return time.fromisoformat(text)
