"""What the maintenance pages show, as the room's parts have it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from PIL import Image

from appliance.language.catalogue import Language
from appliance.maintain.answers import Figures
from appliance.maintain.audit import Notes, Records
from appliance.maintain.bundle import Contents
from appliance.maintain.health import Known
from appliance.maintain.link import LinkRecord
from appliance.maintain.machine import Machine
from appliance.maintain.news import News
from appliance.maintain.settings import Settings
from appliance.maintain.trying import Trials
from appliance.room.state import RoomState
from appliance.runtime.recent import Recent


class Desk(NamedTuple):
    """`room`: its name. `clock`: the time of day, None while not known; `now`: monotonic seconds.

    `known`: every service by name. `link`: how it did; `answers`: how long the terminal takes. `account`: the one that
    the box has on the terminal, `admin` or `user`, empty while not known. `audit`: who did what. `news`: what is.
    `log`: the last lines of the log. `notes`: where deeds are noted. `glass`: what the display shows, None where it is
    dark, and `said` its words. `wiring` draws the wiring picture, and blocks; `bundle`: what a support bundle has,
    once that is known. `trials`: parts that can be tried. `machine`: what is around the firmware.
    `settings`: of the room's terminal.
    """

    room: str
    clock: Callable[[], datetime | None]
    now: Callable[[], float]
    state: Callable[[], RoomState]
    known: Callable[[], Mapping[str, Known]]
    link: Callable[[], LinkRecord]
    answers: Callable[[], Figures]
    account: Callable[[], str]
    audit: Records
    news: News
    log: Recent
    notes: Notes
    glass: Callable[[], Image.Image | None]
    said: Callable[[], Sequence[str]]
    wiring: Callable[[Language], str]
    bundle: Callable[[Language], Awaitable[Contents]]
    trials: Callable[[], Trials]
    settings: Settings
    machine: Machine

    def moment(self, at: float | None) -> str:
        """Returns a moment of the monotonic clock as date and time where the box is; empty where it is not known."""
        clock = self.clock()
        return "" if clock is None or at is None else _written(clock - timedelta(seconds=self.now() - at))

    def date(self, seconds: float) -> str:
        """Returns Unix seconds in the same form; empty for 0, which stands for a clock that was not known."""
        clock = self.clock()
        zone = None if clock is None else clock.tzinfo
        return _written(datetime.fromtimestamp(seconds, zone).astimezone(zone)) if seconds else ""


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S")
