"""The one table of topics: what is said where, how surely, and whether a broker keeps it.

All are below `offhook/SITE/ROOM/`. State is retained, so that whoever comes later has it at once, and *followed*: a
broker that was away gets the latest and nothing else. What happened and what was answered is neither: it waits a stated
time for a broker, and is dropped then. Exactly-once delivery (QoS 2) is used nowhere: state does not need it, and
actions carry an `id` by which a second delivery is known. No topic has more than five slashes; AWS IoT takes seven.
"""

from collections.abc import Iterator
from typing import Final, Literal

import msgspec

ROOT: Final = "offhook"
ONLINE, OFFLINE = b"online", b"offline"


class Topic(msgspec.Struct, frozen=True):
    """A topic below a room's own.

    `name`: as it stands behind the room's. `qos`: 0 at most once, 1 at least once. `way`: `out` is what the box says.
    `lives`: seconds for which it is worth anything; None: until there is a newer one.
    """

    name: str
    what: str
    qos: Literal[0, 1] = 1
    retain: bool = True
    way: Literal["out", "in"] = "out"
    lives: int | None = None


AVAILABILITY = Topic("availability", "`online` or `offline`; it is the box's last will as well")
IDENTITY = Topic("identity", "which box this is: machine, boot; two boxes of one name are seen by it")
HEALTH = Topic("health", "services and reasons, version, uptime, heat, throttling, disk, clock, last start")
CALL = Topic("view/call", "link, phase, the call: who, since when, on hold, how the last one ended")
SOUND = Topic("view/sound", "microphone and loudspeaker muted or not, volume")
CAMERA = Topic("view/camera", "camera muted or not, whether it moves, stored places")
MEETINGS = Topic("view/meetings", "the door, the meeting that is on, the next, those of today")
CONFERENCE = Topic("view/conference", "how many are in it, recording, content, podium")
DISPLAY = Topic("view/display", "what the display says, do not disturb, night, lock, sleep")
PRESENCE = Topic("view/presence", "whether somebody is in the room")
OUTPUTS = Topic("view/outputs", "relays and displays that the box switches")
UPDATE = Topic("view/update", "the version that is installed, the one that is offered, how far an update is")
EVENT = Topic("event/KIND", "what happened, each with an `id`; KIND is one of those below", retain=False, lives=60)
ANSWER = Topic("answer", "what became of an action; or where its response topic says", retain=False, lives=10)
ACTION = Topic("action", "what is asked of the room", retain=False, way="in", lives=60)

PARTS: Final = (CALL, SOUND, CAMERA, MEETINGS, CONFERENCE, DISPLAY, PRESENCE, OUTPUTS, UPDATE)
"""The room in parts, see `parts`."""

TABLE: Final = (AVAILABILITY, IDENTITY, HEALTH, *PARTS, EVENT, ANSWER, ACTION)


class Names(msgspec.Struct, frozen=True):
    """The full names of one room's topics."""

    site: str
    room: str

    @property
    def prefix(self) -> str:
        """What all of them begin with, with a slash at the end."""
        return f"{ROOT}/{self.site}/{self.room}/"

    def of(self, topic: Topic) -> str:
        """Returns the full name of a topic; an event's is that of its `kind`, see `event`."""
        return self.prefix + topic.name

    def event(self, kind: str) -> str:
        """Returns the full name of the topic of a kind of event."""
        return self.prefix + EVENT.name.replace("KIND", kind)


def table() -> Iterator[str]:
    """Yields the lines of the table for people (Markdown)."""
    yield "| topic | QoS | retained | worth | what |"
    yield "|---|---|---|---|---|"
    for topic in TABLE:
        way = "" if topic.way == "out" else " (in)"
        worth = "until the next" if topic.lives is None else f"{topic.lives} s"
        yield f"| `{topic.name}`{way} | {topic.qos} | {'yes' if topic.retain else 'no'} | {worth} | {topic.what} |"
