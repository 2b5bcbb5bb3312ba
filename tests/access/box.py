"""A box to log in to: everything of access but its files and pages."""

import trio

from appliance.access import limits
from appliance.access.login import Keeps, Login
from appliance.access.password import Password
from appliance.access.sessions import Sessions
from appliance.language.text import Text
from appliance.runtime.web.guesses import Guesses
from tests.access.hashers import CountingHasher

HERE, THERE = "192.0.2.7", "198.51.100.9"


class Box:
    """What was kept, noted and shown of it."""

    def __init__(self) -> None:
        self.password = Password()
        self.hasher = CountingHasher()
        self.sessions = Sessions(trio.current_time)
        self.guesses = Guesses(trio.current_time, limits.EACH, limits.TOGETHER)
        self.noted = list[tuple[str, str, str]]()
        self.shown = list[Text]()
        self.login = Login(
            Keeps(lambda: self.password, self._keep),
            self.hasher,
            self.sessions,
            self.guesses,
            notes=self,
            tell=self.shown.append,
            now=trio.current_time,
        )

    async def _keep(self, password: Password) -> None:
        await trio.lowlevel.checkpoint()
        self.password = password

    def note(self, who: str, what: str, *, by: str = "", about: str = "", soon: bool = False) -> None:
        self.noted.append((who, what, about))
