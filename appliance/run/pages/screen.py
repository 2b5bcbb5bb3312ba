"""The pages of a room for the screen on the box itself."""

from appliance.kiosk.config import KioskConfig
from appliance.kiosk.life import Life
from appliance.kiosk.telling import Telling
from appliance.kiosk.told import LISTEN, PATH
from appliance.room.in_use import is_quiet
from appliance.run.pages.status import LIVE, Pages
from appliance.run.parts import Parts
from appliance.services.pages.panel import WebService


def kiosk_service(parts: Parts, pages: Pages, config: KioskConfig, listen: str = LISTEN) -> WebService:
    """Returns what serves the room's pages to this machine alone, and tells the kiosk what concerns it."""
    life = Life()
    telling = Telling(config, parts.config.room.name, parts.language, life, lambda: is_quiet(parts.store.state))
    sockets = pages.sockets | {LIVE: life.heard(pages.sockets[LIVE]), PATH: telling.talk}
    return WebService(pages.app, listen, sockets=sockets, large=pages.large)
