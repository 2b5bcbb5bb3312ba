"""Answers programs about the settings of the room's terminal: reads, and changes."""

from collections.abc import Callable

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from appliance.access.roles import Caller
from appliance.api.app import Handler
from appliance.api.asks import Done
from appliance.api.settings import (
    Option,
    SettingsAsk,
    SettingsDone,
    TerminalSetting,
    TerminalSettings,
    Value,
)
from appliance.api.who import known
from appliance.language.catalogue import Language
from appliance.maintain.settings import Change, Seen, Settings, TooMany
from appliance.programs.actions import BURST, SPAN
from appliance.room.settings.rows import Row
from appliance.room.settings.setting import Kind
from appliance.runtime.web.answers import json_answer, read_json


def settings_answer(settings: Settings, language: Callable[[], Language]) -> Handler:
    """Returns what answers `getTerminalSettings`: the terminal is asked, unless it has just told all of it."""

    async def answer(_request: Request, _caller: Caller | None) -> Response:
        await settings.read(afresh=True)
        return json_answer(_seen(settings.seen(), language()))

    return answer


def change_answer(settings: Settings, language: Callable[[], Language]) -> Handler:
    """Returns what answers `patchTerminalSettings`."""

    async def answer(request: Request, caller: Caller | None) -> Response:
        caller = known(caller)
        ask = await read_json(request, SettingsAsk)
        wanted = {name: _whole(value) for name, value in msgspec.to_builtins(ask.settings).items()}
        try:
            became = await settings.change(wanted, caller.name, caller.by, ask.wait)
        except TooMany:
            said = f"more than {BURST} changes in {SPAN:g} s; expected fewer"
            raise HTTPException(429, said, {"Retry-After": f"{SPAN:g}"}) from None
        return json_answer(SettingsDone({name: _done(each, language()) for name, each in became.items()}))

    return answer


def _whole(value: Value | float) -> Value:
    """Returns a level in whole percent, and any other value as it is."""
    return round(value) if isinstance(value, float) else value


def _done(change: Change, language: Language) -> Done:
    outcome = "asked" if change.became == "unconfirmed" else change.became
    return Done(outcome, language.say(change.text))


def _seen(seen: Seen, language: Language) -> TerminalSettings:
    rows = tuple(_row(row, seen.changes.get(row.setting.name), language) for row in seen.rows)
    return TerminalSettings(rows, language.say(seen.why))


def _row(row: Row, change: Change | None, language: Language) -> TerminalSetting:
    say, is_level = language.say, row.setting.kind is Kind.LEVEL
    became = None if change is None or change.became == "confirmed" else change.became
    return TerminalSetting(
        name=row.setting.name,
        label=say(row.setting.called),
        kind=row.setting.kind,
        value=row.value,
        may=not row.why,
        why=say(row.why),
        asked=change.value if change is not None and became == "asked" else None,
        outcome=became,
        said="" if change is None else say(change.text),
        options=tuple(Option(each.value, say(each.text)) for each in row.options),
        least=row.least if is_level else None,
        most=row.most if is_level else None,
        remark=say(row.remark),
    )
