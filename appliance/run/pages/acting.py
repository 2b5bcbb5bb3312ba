"""What programs may ask of a room that is built: judged and done as an action over MQTT is, and waited for."""

import secrets
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

import trio
from starlette.exceptions import HTTPException

from appliance.access.roles import Caller, Role
from appliance.api.asks import Ask, Done, Form, Forms
from appliance.panel.live.touch import TOUCHED
from appliance.programs.actions import LONGEST_LIFE, SPAN, Asked, Gate
from appliance.room import actions
from appliance.room.inputs import Input
from appliance.room.intents.base import Intent
from appliance.run.parts import Parts
from appliance.services.programs.doing import Doing
from appliance.services.programs.outcomes import Watch
from appliance.services.store import RoomStore

EVERY: Final = frozenset(form.split()[0] for form in actions.GRAMMAR)
_STATUSES: Final = {"mqtt.not_listed": 403, "mqtt.too_many": 429}
"""Refusals that have a status of HTTP: it is not the room that does not want to."""


class _Here(NamedTuple):
    """The room for `Doing`, which says besides what was meant."""

    store: RoomStore
    ask: Callable[[Input], tuple[Intent, ...]]
    who: bool
    did: Callable[[str, str], None] = lambda _who, _words: None  # the name of a token is noted


class _Role:
    """What callers of one role may ask."""

    def __init__(self, parts: Parts, allow: Iterable[str]) -> None:
        self.allow = frozenset(allow)
        self.meant: tuple[Intent, ...] = ()
        self.gate = Gate(self.allow, parts.clock, trio.current_time, table="api")
        self._ask = parts.asking.ask
        events = parts.happenings
        who = parts.config.display is not None and parts.config.display.who
        here = _Here(parts.store, self._remembered, who)
        self.doing = Doing(here, self.gate, events.happens if events else lambda _event: None, "api")

    def _remembered(self, given: Input) -> tuple[Intent, ...]:
        self.meant = self._ask(given)
        return self.meant


class Asking:
    """Asks the room for programs."""

    def __init__(self, parts: Parts) -> None:
        config = parts.config.api
        listed = TOUCHED if config is None or config.actions is None else config.actions
        self._roles = {Role.TOUCH: _Role(parts, listed), Role.MAINTAIN: _Role(parts, EVERY)}
        self._parts = parts

    async def act(self, ask: Ask, caller: Caller) -> Done:
        """Asks the room, and waits for what becomes of it. Raises `HTTPException`, see `api.acting`."""
        role, asked = self._roles[caller.role], _asked(ask, caller)
        try:
            actions.parse(ask.do)
        except actions.ActionError as error:
            return Done("refused", self._parts.language.say(error.text))
        with self._parts.outcomes.watched(self._parts.store) as watch:
            return await self._done(role, asked, watch, ask, caller)

    async def _done(self, role: _Role, asked: Asked, watch: Watch, ask: Ask, caller: Caller) -> Done:
        say = self._parts.language.say
        judged = role.gate.weigh(asked, trio.current_time(), expires=True)
        if (status := _STATUSES.get(judged.why.key)) is not None:
            raise HTTPException(status, say(judged.why), {"Retry-After": f"{SPAN:g}"} if status == 429 else None)
        answer = role.doing.done(judged)
        if answer.outcome != "asked":
            return Done("nothing" if answer.outcome == "nothing" else "refused", answer.why)
        self._parts.audit.note(caller.name, ask.do, by=caller.by)
        outcome, why = await watch.became(role.meant, ask.wait)
        return Done(outcome, say(why))

    def forms(self, caller: Caller) -> Forms:
        """Returns what may be asked."""
        role = self._roles.get(caller.role)
        firsts = frozenset[str]() if role is None else frozenset(words.split()[0] for words in role.allow)
        return Forms(tuple(Form(form, form.split()[0] in firsts) for form in actions.GRAMMAR))


def _asked(ask: Ask, caller: Caller) -> Asked:
    """Returns it as it is judged; of a deadline, when what is good for so long would have been issued."""
    issued = None if ask.deadline is None else ask.deadline - LONGEST_LIFE
    return Asked(secrets.token_hex(8), ask.do, LONGEST_LIFE, issued, ask.by or caller.name[:40])
