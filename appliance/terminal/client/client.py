"""The client: every command by group, and the events."""

from collections.abc import Iterator
from contextlib import contextmanager

from appliance.terminal.client.access import Access
from appliance.terminal.client.address_book import AddressBook
from appliance.terminal.client.calls_with_names import CallsWithNames
from appliance.terminal.client.chat import Chat
from appliance.terminal.client.conferences import Conferences
from appliance.terminal.client.data import Data
from appliance.terminal.client.devices import Devices
from appliance.terminal.client.events import LIMIT, Events
from appliance.terminal.client.far_end import FarEnd
from appliance.terminal.client.files import Files
from appliance.terminal.client.groups import Groups
from appliance.terminal.client.http_server import HttpServer
from appliance.terminal.client.licence import Licence
from appliance.terminal.client.newer.groups import NewerGroups
from appliance.terminal.client.podium import Podium
from appliance.terminal.client.ptz import Ptz
from appliance.terminal.client.requests import Answer, Carrier, Requests
from appliance.terminal.client.server import Server
from appliance.terminal.client.settings import Settings
from appliance.terminal.client.sharing import Sharing
from appliance.terminal.client.slides import Slides
from appliance.terminal.client.system import System
from appliance.terminal.client.updates import Updates
from appliance.terminal.client.windows import Windows
from appliance.terminal.errors import Refused, TerminalError
from appliance.terminal.messages import AnyEvent, Command, Untyped
from appliance.terminal.messages.enums import Privileges
from appliance.terminal.messages.newer.generation import Generation, told


class Client(NewerGroups):
    """Commands to one terminal, by group, and its events; made by `connect`.

    `host` is the terminal's. `privileges` says which account the connection has: a user's connection refuses the
    administrator's commands with `NotPermitted`; None refuses none. `token` was received at the authorisation and
    authorises instead of a PIN or password, for hours or days; it is a secret. `http_port`: see `connect`.
    """

    def __init__(
        self,
        host: str,
        carrier: Carrier,
        privileges: Privileges | None = None,
        *,
        token: str = "",
        http_port: int | None = None,
    ) -> None:
        self.host = host
        self.token = token
        self.http_port = http_port
        self._requests = Requests(carrier, privileges)
        self._listeners: list[Events] = []
        self._add_groups()

    def _add_groups(self) -> None:
        self.calls = CallsWithNames(self._requests)
        self.conferences = Conferences(self._requests)
        self.podium = Podium(self._requests)
        self.address_book = AddressBook(self._requests)
        self.groups = Groups(self._requests)
        self.chat = Chat(self._requests)
        self.files = Files(self._requests)
        self.slides = Slides(self._requests)
        self.sharing = Sharing(self._requests)
        self.devices = Devices(self._requests)
        self.ptz = Ptz(self._requests)
        self.far_end = FarEnd(self._requests)
        self.windows = Windows(self._requests)
        self.settings = Settings(self._requests)
        self.server = Server(self._requests)
        self.access = Access(self._requests)
        self.http_server = HttpServer(self._requests)
        self.licence = Licence(self._requests)
        self.updates = Updates(self._requests)
        self.data = Data(self._requests)
        self.system = System(self._requests)
        self._add_newer(self._requests)

    @property
    def privileges(self) -> Privileges | None:
        """The account of the connection."""
        return self._requests.privileges

    async def send(self, command: Command | Untyped) -> Answer:
        """Sends any command and returns its reply as it came, refused or not, with the fields nobody knows.

        An `Untyped` command goes out whatever it is. Raises `Timeout`, `LinkLost`, `Busy`, `NotPermitted`.
        """
        return await self._requests.send(command)

    async def generation(self) -> Generation:
        """Tells newer terminals from older ones by what their replies contain; sends only what every terminal knows."""
        return told(await self.calls.state(), await self.ptz.controls())

    async def has_presets(self) -> bool:
        """Whether the terminal has camera presets (4.2 and later): older ones refuse the question."""
        try:
            await self.ptz.presets()
        except Refused:
            return False
        return True

    @contextmanager
    def events(self, *kinds: type[AnyEvent], limit: int = LIMIT) -> Iterator[Events]:
        """Listens from now on to events of `kinds`, or to all; at most `limit` may wait to be read."""
        listener = Events(kinds, limit)
        self._listeners.append(listener)
        try:
            yield listener
        finally:
            self._listeners.remove(listener)

    def hear(self, event: AnyEvent, frame: str) -> None:
        """Passes an event to the listeners; called by whoever holds the connection."""
        for listener in self._listeners:
            listener.take(event, frame)

    def end(self, why: TerminalError) -> None:
        """Ends all listeners, which raise why the connection ended."""
        for listener in self._listeners:
            listener.end(why)
