"""An action of a program, done in the room: judged, asked of the room, answered, told with the name of who asked."""

from collections.abc import Callable
from typing import Final, Literal, Protocol, TypeAlias

import msgspec
import structlog
import trio

from appliance.language.text import NOTHING, Text
from appliance.programs.actions import LONGEST_WORDS, WHO, Answer, Asked, Gate, Judged, Received
from appliance.room import happened
from appliance.room.actions import Action, Reclaim, words_of
from appliance.room.happened import Event
from appliance.room.inputs import Input, Remote
from appliance.room.intents import call
from appliance.room.intents.base import Intent
from appliance.room.intents.media import MuteAudio, MuteMic, MuteVideo
from appliance.room.intents.shown import Explain
from appliance.room.local_events.awaited import ProgramDid
from appliance.room.parts.link import LinkPhase
from appliance.room.texts import NO_LINK
from appliance.services.programs.deeds import words
from appliance.services.store import RoomStore
from appliance.share.deeds import Deed

log = structlog.get_logger()

Outcome: TypeAlias = Literal["asked", "nothing", "refused"]

_METHODS: Final[dict[type[Intent], str]] = {
    MuteMic: "setmicmute",
    MuteAudio: "setaudiomute",
    MuteVideo: "setvideomute",
    call.Call: "call",
    call.Answer: "accept",
    call.HangUp: "hangup",
}
"""What a program that shares the session would have sent, by which the room says who has done it."""


class Here(Protocol):
    """The room in which it is done."""

    @property
    def store(self) -> RoomStore:
        """The room's state."""

    @property
    def ask(self) -> Callable[[Input], tuple[Intent, ...]]:
        """Takes an input, and returns what it means."""

    @property
    def who(self) -> bool:
        """Whether the display shows who has done what."""

    @property
    def did(self) -> Callable[[str, str], None]:
        """Hears who has done which action."""


class Doing:
    """Does what is asked. `happens` is told of what was done; `over`: by which way it is asked, for the log."""

    def __init__(self, here: Here, gate: Gate, happens: Callable[[Event], None], over: str = "mqtt") -> None:
        self._here = here
        self._over = over
        self._gate = gate
        self._happens = happens

    def do(self, received: Received) -> Answer:
        """Does what a message asks, or does not; returns the answer to it."""
        return self.done(self._gate.judge(received))

    def done(self, judged: Judged) -> Answer:
        """Does what was judged, or does not; returns the answer to it."""
        if judged.asked is None or judged.action is None:
            return self._answer(judged.asked, "refused", judged.why)
        outcome, why = self.attempt(judged.action, judged.asked.by or WHO)
        return self._answer(judged.asked, outcome, why)

    def attempt(self, action: Action, who: str) -> tuple[Outcome, Text]:
        """Does an action for somebody; returns what came of it: `refused` or `nothing`, and why, or `asked`."""
        if (why := self._unready(action)) is not NOTHING:
            return "refused", why
        meant = self._here.ask(Remote(action))
        reasons = [intent.text for intent in meant if isinstance(intent, Explain)]
        if len(reasons) == len(meant):
            return "nothing", reasons[0] if reasons else NOTHING
        self._happens(Event(kind=happened.ACTION, event_type="taken", detail=words_of(action), by=who))
        self._here.did(who, words_of(action))
        if self._here.who:
            self._tell(meant, who)
        return "asked", NOTHING

    def _unready(self, action: Action) -> Text:
        """Returns why it cannot be done: without a link nothing reaches the terminal, and nothing may wait for one."""
        up = self._here.store.state.link.phase is LinkPhase.UP
        return NOTHING if up or action.without_link or isinstance(action, Reclaim) else NO_LINK

    def _tell(self, meant: tuple[Intent, ...], who: str) -> None:
        now = trio.current_time()
        for intent in meant:
            if (method := _METHODS.get(type(intent))) is None:
                continue
            if (told := words(Deed(who, method, now, getattr(intent, "on", None)), now)) is not None:
                self._here.store.apply(ProgramDid(told))

    def _answer(self, asked: Asked | None, outcome: str, why: Text) -> Answer:
        name, by = ("", "") if asked is None else (asked.id, asked.by)
        log.info(f"{self._over}_action", id=name, by=by, outcome=outcome, why=str(why))
        return Answer(name, outcome, str(why)[:LONGEST_WORDS])


def encoded(answer: Answer) -> bytes:
    """Returns an answer as it is said."""
    return msgspec.json.encode(answer)
