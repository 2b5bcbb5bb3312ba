"""The machine for programs, which do with it what the maintenance pages do."""

from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from appliance.access.roles import Caller
from appliance.api.able import Able, Answered
from appliance.api.app import Handler
from appliance.api.health import version_told
from appliance.api.who import known
from appliance.language.catalogue import Language
from appliance.maintain.machine import Became, Machine
from appliance.maintain.wishes import Backup, Deed, Reboot, Renewal, Reset, Restart
from appliance.panel.maintenance.sent import file_name, opened, received, restore_of
from appliance.runtime.web.answers import json_answer, read_json
from appliance.runtime.web.download import Download


def machine_answers(machine: Machine, clock: Callable[[], datetime | None], language: Language) -> dict[str, Handler]:
    """Returns what answers the operations of the machine, by their names."""

    def deed(kind: type[Deed]) -> Handler:
        async def do(request: Request, caller: Caller | None) -> Response:
            return _answer(await machine.do(await read_json(request, kind), known(caller)), language)

        return do

    async def able(_request: Request, _caller: Caller | None) -> Response:
        return json_answer(_able(machine, language))

    async def backup(request: Request, caller: Caller | None) -> Response:
        wish = await read_json(request, Backup)
        return Download(opened(machine, wish, known(caller), language), file_name(clock()))

    async def restore(request: Request, caller: Caller | None) -> Response:
        wish = restore_of(request)
        async with received(request, machine, language) as content:
            return _answer(await machine.restore(wish, content, known(caller)), language)

    deeds: dict[str, type[Deed]] = {"restart": Restart, "reboot": Reboot, "reset": Reset, "update": Renewal}
    files = {"getMachine": able, "backUpMachine": backup, "restoreMachine": restore}
    return {**{f"{name}Machine": deed(kind) for name, kind in deeds.items()}, **files}


def _able(machine: Machine, language: Language) -> Able:
    standing, say = machine.standing(), language.say
    version = version_told(standing.update, language)
    return Able(version, say(standing.restart), say(standing.renewal), say(standing.deputy))


def _answer(became: Became, language: Language) -> Response:
    return json_answer(Answered(became.became, became.wants, language.say(became.text)))
