"""Changes the configuration for programs: the same as the page does, see `appliance.maintain.editing`."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, NoReturn, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from appliance.access.roles import Caller
from appliance.api.app import Handler
from appliance.api.file import IF_MATCH, MARKS, ConfigurationText, ConfigurationVersions, Ended, OnTrial
from appliance.api.who import known
from appliance.language.catalogue import Language
from appliance.maintain.editing import LARGEST, Conflict, Draft, Editing, Mistaken, NotChanged, Somebody, Unknown
from appliance.runtime.web.answers import json_answer, read_json

T = TypeVar("T")

LONGEST_MARK: Final = 80  # characters of what is none that are said again


def configuring(editing: Editing, language: Callable[[], Language]) -> Mapping[str, Handler]:
    """Returns what answers the operations, by their names. `language`: in which words are said."""
    programs = _Programs(editing, language)
    return {
        "getConfigurationFile": programs.file,
        "putConfiguration": programs.put,
        "keepConfiguration": programs.keep,
        "returnConfiguration": programs.give_back,
        "getConfigurationVersions": programs.versions,
    }


class _Programs:
    def __init__(self, editing: Editing, language: Callable[[], Language]) -> None:
        self._editing = editing
        self._language = language

    async def file(self, _request: Request, _caller: Caller | None) -> Response:
        source = await self._done(self._editing.source(self._language()))
        return json_answer(source)

    async def put(self, request: Request, caller: Caller | None) -> Response:
        new = await read_json(request, ConfigurationText)
        if len(new.text) > LARGEST:
            raise HTTPException(413, f"the text has {len(new.text)} characters; expected at most {LARGEST}")
        draft = Draft(_mark(request), new.text)
        return json_answer(OnTrial(await self._done(self._editing.apply(draft, _somebody(caller), self._language()))))

    async def keep(self, _request: Request, caller: Caller | None) -> Response:
        await self._done(self._editing.keep(_somebody(caller)))
        return json_answer(Ended("new"))

    async def give_back(self, _request: Request, caller: Caller | None) -> Response:
        await self._done(self._editing.back(_somebody(caller)))
        return json_answer(Ended("former"))

    async def versions(self, _request: Request, _caller: Caller | None) -> Response:
        return json_answer(ConfigurationVersions(await self._done(self._editing.versions())))

    async def _done(self, doing: Awaitable[T]) -> T:
        try:
            return await doing
        except NotChanged as error:
            _refuse(error, self._language())
        except Unknown as error:
            raise HTTPException(504, self._language().say(error.text)) from None


def _mark(request: Request) -> str:
    """Returns the mark that a program says. Raises `HTTPException`: it says none, or what is none."""
    said = request.headers.get(IF_MATCH, "")
    if not re.fullmatch(MARKS, said):
        expected = "expected the `mark` of GET /configuration/file, which says upon which file this change was made"
        raise HTTPException(400, f"`If-Match` is `{said[:LONGEST_MARK]}`; {expected}")
    return said.strip('"')


def _refuse(error: NotChanged, language: Language) -> NoReturn:
    says = language.say(error.text)
    if isinstance(error, Mistaken):
        raise HTTPException(422, "\n".join((says, *map(str, error.mistakes))))
    if isinstance(error, Conflict):
        raise HTTPException(409, f"{says}\n{error.difference}")
    raise HTTPException(409, says)


def _somebody(caller: Caller | None) -> Somebody:
    caller = known(caller)
    return Somebody(caller.name, caller.by)
