"""What `/maintenance/machine` asks for: `POST /maintenance/machine/WISH`, each with a wish of `maintain.wishes`.

The answer is `{"became": "done" | "asks" | "refused", "wants": "sure" | "in_call" | "", "says": WORDS}`. With `asks`
the words say what it does: whoever wants that sends the same with what is wanted. `backup` answers with the file
instead, and `restore` is sent one, with its passphrase in a header (`sent`).
"""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from appliance.access.roles import Caller
from appliance.language.catalogue import Language
from appliance.maintain.machine import Became
from appliance.maintain.wishes import Backup, Deed, Reboot, Renewal, Reset, Restart
from appliance.panel import tongues
from appliance.panel.maintenance.desk import Desk
from appliance.panel.maintenance.routes import BASE, Whose, need_maintainer
from appliance.panel.maintenance.sent import file_name, opened, received, restore_of
from appliance.runtime.web.answers import json_answer, read_json
from appliance.runtime.web.download import Download

MACHINE: Final = f"{BASE}/machine"
_WISHES: Final[dict[str, type[Deed]]] = {"restart": Restart, "reboot": Reboot, "reset": Reset, "update": Renewal}


def machine_routes(desk: Desk, whose: Whose, language: Language) -> list[Route]:
    """Returns the routes."""

    def asked(request: Request) -> tuple[Caller, Language]:
        spoken = tongues.spoken(tongues.asked(request.scope), language)
        return need_maintainer(whose, request, spoken), spoken

    async def backup(request: Request) -> Response:
        caller, spoken = asked(request)
        wish = await read_json(request, Backup)
        return Download(opened(desk.machine, wish, caller, spoken), file_name(desk.clock()))

    async def restore(request: Request) -> Response:
        caller, spoken = asked(request)
        wish = restore_of(request)
        async with received(request, desk.machine, spoken) as content:
            return _answer(await desk.machine.restore(wish, content, caller), spoken)

    def deed(name: str, kind: type[Deed]) -> Route:
        async def do(request: Request) -> Response:
            caller, spoken = asked(request)
            return _answer(await desk.machine.do(await read_json(request, kind), caller), spoken)

        return Route(f"{MACHINE}/{name}", do, methods=["POST"])

    files = {"backup": backup, "restore": restore}
    return [
        *(deed(name, kind) for name, kind in _WISHES.items()),
        *(Route(f"{MACHINE}/{name}", answers, methods=["POST"]) for name, answers in files.items()),
    ]


def _answer(became: Became, language: Language) -> Response:
    return json_answer({"became": became.became, "wants": became.wants, "says": language.say(became.text)})
