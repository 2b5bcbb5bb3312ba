"""Which actions of others are taken: listed ones, fresh ones, and each once.

Over MQTT an action is a JSON object on the topic `action`; over HTTP the same is said by `postAction` of the API:

    {"id": "4f1c", "do": "mute on", "within": 5, "at": "2026-11-27T19:00:00Z", "by": "Reception"}

`do` is said in the grammar of buttons. A call that is placed minutes late is worse than none, so that an action is good
for `within` seconds, by three clocks that are wrong in different ways:

- the broker's: an action whose message expiry is over is not delivered. Clients of MQTT 3.1.1 cannot say one.
- the time of day: `at` is compared with the box's own as far as that has been learnt from a time server.
- the box's monotonic clock, from the receipt to the moment at which it is done.

One of the first two has to be said: what can be neither judged nor expires could have waited anywhere for any time.
While the box does not know the time of day, the service has the broker keep nothing for it (`clean_start`), so that
nothing old can arrive then.

A broker delivers at least once, and others may send again what they have heard: an `id` is taken once. `MEMORY` ids are
remembered; when more than `BURST` came within `SPAN`, nothing more is taken for a moment, so that a flood forgets none
that is still fresh.
"""

from collections import deque
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Annotated, Final

import msgspec

from appliance.language.text import NOTHING, Text, verbatim
from appliance.room import actions
from appliance.room.actions import Action, ActionError

LONGEST_LIFE: Final = 60  # seconds; nobody means an action of a minute ago
LARGEST: Final = 2048  # bytes; the longest action has 300 characters
AHEAD: Final = 5.0  # seconds that an issuer's clock may be ahead of ours
MEMORY: Final = 1024
BURST, SPAN = 50, 10.0  # actions, seconds: of a hand none comes near, and MEMORY lasts longer than LONGEST_LIFE
WHO: Final = "MQTT"
LONGEST_WORDS: Final = 500  # characters of a reason; one that lists the whole grammar has more


class Asked(msgspec.Struct, frozen=True):
    """What the message says. `at`: ISO 8601 with a zone, or seconds since 1970. `by`: who asks, for the display."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    do: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
    within: Annotated[float, msgspec.Meta(gt=0, le=LONGEST_LIFE)] = 10.0
    at: datetime | float | None = None
    by: Annotated[str, msgspec.Meta(max_length=40)] = ""

    @property
    def issued(self) -> float | None:
        """When it was issued, in seconds since 1970."""
        if isinstance(self.at, datetime):
            return (self.at if self.at.tzinfo else self.at.replace(tzinfo=UTC)).timestamp()
        return self.at


class Received(msgspec.Struct, frozen=True):
    """A message as it came: at a monotonic time (seconds), `expires` as the broker has counted it down."""

    payload: bytes
    at: float
    retained: bool = False
    expires: int | None = None


class Answer(msgspec.Struct, frozen=True):
    """What became of an action. `outcome`: `asked` of the terminal, `nothing` to do, or `refused`; `why` in words."""

    id: str
    outcome: str
    why: str = ""
    version: int = 1


class Judged(msgspec.Struct, frozen=True):
    """An action that may be done, or why it may not."""

    asked: Asked | None = None
    action: Action | None = None
    why: Text = NOTHING


class Gate:
    """Judges actions. What it lets through once it does not let through again."""

    def __init__(
        self,
        allow: Iterable[str],
        clock: Callable[[], datetime | None],
        now: Callable[[], float],
        refuses: Callable[[], Text] = lambda: NOTHING,
        *,
        table: str = "mqtt",
    ) -> None:
        """`allow`: as `actions` of `[mqtt]`, or of another `table`. `now`: monotonic.

        `clock`: the time of day, None while it is not known.

        `refuses`: why nothing at all is taken now.
        """
        self._allow = frozenset(" ".join(words.split()) for words in allow)
        self._clock = clock
        self._now = now
        self._refuses = refuses
        self._table = table
        self._ids: set[str] = set()
        self._taken: deque[tuple[float, str]] = deque()

    def judge(self, received: Received) -> Judged:
        """Returns the action of a message, which is to be done at once, or why it is not to be."""
        if received.retained:
            return Judged(why=Text("mqtt.retained"))
        try:
            asked = msgspec.json.decode(received.payload[: LARGEST + 1], type=Asked)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, OverflowError) as error:
            return Judged(why=Text("mqtt.unreadable", words=verbatim(str(error)[:120])))
        return self.weigh(asked, received.at, expires=received.expires is not None)

    def weigh(self, asked: Asked, at: float, *, expires: bool) -> Judged:
        """Returns the same of what is asked, which came at a monotonic time.

        `expires`: the way that it came by does not keep it, so that it needs not say when it was issued.
        """
        why = self._listed(asked) or self._late(asked, at, expires=expires) or self._again(asked) or self._refuses()
        if why:
            return Judged(asked, why=why)
        try:
            action = actions.parse(asked.do)
        except ActionError as error:
            return Judged(asked, why=error.text)
        if action.while_down or isinstance(action, actions.Wait):
            return Judged(asked, why=Text("mistake.mqtt_held", action=asked.do))
        self._remember(asked.id)
        return Judged(asked, action)

    def _listed(self, asked: Asked) -> Text:
        words = asked.do.split()
        if words and (words[0] in self._allow or " ".join(words) in self._allow):
            return NOTHING
        return Text("mqtt.not_listed", action=asked.do, table=self._table)

    def _late(self, asked: Asked, at: float, *, expires: bool) -> Text:
        if self._now() - at > asked.within:
            return Text("mqtt.stale")
        issued, time = asked.issued, self._clock()
        if issued is None:
            return NOTHING if expires else Text("mqtt.no_time")
        if time is None:
            return NOTHING
        age = time.timestamp() - issued
        if age < -AHEAD:
            return Text("mqtt.early")
        return NOTHING if age <= asked.within else Text("mqtt.stale")  # also for an age that is no number

    def _again(self, asked: Asked) -> Text:
        if asked.id in self._ids:
            return Text("mqtt.repeated")
        flood = len(self._taken) >= BURST and self._taken[-BURST][0] > self._now() - SPAN
        return Text("mqtt.too_many") if flood else NOTHING

    def _remember(self, name: str) -> None:
        self._ids.add(name)
        self._taken.append((self._now(), name))
        if len(self._taken) > MEMORY:
            self._ids.discard(self._taken.popleft()[1])
