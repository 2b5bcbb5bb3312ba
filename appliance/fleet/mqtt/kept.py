"""Which topics a broker keeps because of this box, remembered across restarts: nothing stays there as a ghost.

A room that is renamed, or a part that is no longer said, would stay in every dashboard for ever, since a broker keeps
what was retained until somebody clears it. So the list is on the disk before anything is said. What is on it and not
said any more is cleared:

- below the room's own name, and below other programs' names with this machine's id in them, at once;
- below another name of ours, only when the broker's `identity` there is this machine's. Another box may have that name
  now, and what it says must not be cleared.
"""

from collections.abc import Iterable
from typing import Annotated, Final

import msgspec

from appliance.fleet.mqtt.topics import IDENTITY, ROOT, Names

MOST: Final = 200  # topics; a room has 11
_Topic = Annotated[str, msgspec.Meta(min_length=1, max_length=400, pattern=r"^[^#+\x00]+$")]


class Kept(msgspec.Struct, frozen=True):
    """The list as the file has it."""

    topics: Annotated[tuple[_Topic, ...], msgspec.Meta(max_length=MOST)] = ()


class Ghosts:
    """What is to be cleared. `said`: the topics of now."""

    def __init__(self, names: Names, before: Kept, said: Iterable[str]) -> None:
        self._said = frozenset(said)
        gone = [topic for topic in before.topics if topic not in self._said]
        self.ours = tuple(topic for topic in gone if self._is_ours(topic, names))
        """Those that are cleared at once."""
        self._others = tuple(topic for topic in gone if topic not in self.ours)

    def kept(self) -> Kept:
        """Returns what the file is to say while ghosts are cleared: all that a broker may keep."""
        return Kept((*sorted(self._said), *self.ours, *self._others)[:MOST])

    def cleared(self) -> Kept:
        """Returns what the file is to say when they are."""
        return Kept(tuple(sorted(self._said)))

    @property
    def identities(self) -> tuple[str, ...]:
        """The topics on which a broker says who has the names of before; they are to be subscribed to."""
        return tuple(sorted({_prefix(topic) + IDENTITY.name for topic in self._others}))

    def cleared_by(self, identity: str) -> tuple[str, ...]:
        """Returns what is to be cleared as the broker has proved that it is ours, on this topic."""
        return tuple(topic for topic in self._others if _prefix(topic) + IDENTITY.name == identity)

    def _is_ours(self, topic: str, names: Names) -> bool:
        return topic.startswith(names.prefix) or not topic.startswith(f"{ROOT}/")


def _prefix(topic: str) -> str:
    """Returns the name of the room that a topic of ours is below, with a slash at the end."""
    return "/".join(topic.split("/")[:3]) + "/"
