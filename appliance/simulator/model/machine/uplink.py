"""The terminal's own connection to its server, and its login there.

After a start, or when a client asks for another server, the terminal connects, and logs in by itself if the setting
`enableAutologin` says so. If it loses its server it is CONNECTING for a while before it reports that it is offline,
and stays offline until the server is back (`restore`).
"""

import math
from collections.abc import Callable
from typing import Any

from appliance.simulator.model.common.context import Context
from appliance.simulator.model.common.parameters import FLAG, STRING, TEXT, whole
from appliance.simulator.model.common.table import CONNECTED, NO_CALL, Request, Table, asking, doing, given
from appliance.simulator.model.machine.settings import Settings
from appliance.terminal.messages.enums import AppState, LoginResult, LogoutCause, ServerState

DEFAULT_PORT = 4307
PATIENCE = 5.0  # seconds from losing the server to reporting it


class Uplink:
    """Connecting, logging in, logging out, losing the server.

    `announce_state` is called after every change of `app_state`, `after_login` after every login.
    """

    def __init__(
        self,
        context: Context,
        settings: Settings,
        *,
        announce_state: Callable[[], None],
        after_login: Callable[[], None],
    ) -> None:
        self._options = context.options
        self._now = context.now
        self._emit = context.emit
        self._settings = settings
        self._announce_state = announce_state
        self._after_login = after_login
        self.state = ServerState.CONNECTED
        self.logged_in: bool = True
        self.server = self._options.server
        self.port = DEFAULT_PORT
        self.service = False
        self._reachable = True
        self._connected_at = math.inf
        self._gives_up_at = math.inf

    @property
    def due(self) -> float:
        """When something happens by itself; infinity while nothing will."""
        return min(self._connected_at, self._gives_up_at)

    @property
    def app_state(self) -> AppState:
        """What the terminal is doing as far as its server goes."""
        if self.state is ServerState.CONNECTED:
            return AppState.READY if self.logged_in else AppState.LOGIN_NEEDED
        return AppState.CONNECTING if self.state is ServerState.CONNECTING else AppState.OFFLINE

    @property
    def domain(self) -> str:
        """The domain of the server."""
        return self._options.domain

    def describe(self) -> dict[str, Any]:
        """Returns the fields of the reply to `getConnected`."""
        info = {"server": self.server, "service": self.service, "port": self.port, "domain": self._options.domain}
        connected = self.state is ServerState.CONNECTED
        return {"state": int(self.state), **({"serverInfo": info} if connected else {})}

    def describe_login(self) -> dict[str, Any]:
        """Returns the fields of the reply to `getLogin`."""
        return {"isLoggedIn": self.logged_in, **(self._options.me if self.logged_in else {})}

    def connect(self, server: str, port: int, *, service: bool) -> None:
        """Leaves the present server and connects to this one."""
        self.server, self.port, self.service = server, port, service
        self.begin_connecting()

    def connect_to_service(self) -> None:
        """Leaves the present server and connects to the vendor's service."""
        self.connect(self._options.server, DEFAULT_PORT, service=True)

    def begin_connecting(self) -> None:
        """Begins to connect, as after a start; a server that cannot be reached is given up after a while."""
        self.state, self.logged_in = ServerState.CONNECTING, False
        if self._reachable:
            self._connected_at, self._gives_up_at = self._now() + self._options.connect_time, math.inf
        else:
            self._connected_at, self._gives_up_at = math.inf, self._now() + PATIENCE
        self._announce_state()

    def restore(self) -> None:
        """Brings the server back, to which the terminal then connects."""
        self._reachable = True
        self.begin_connecting()

    def switch_off(self) -> None:
        """Leaves the server without a report: the power is off."""
        self.state, self.logged_in = ServerState.DISCONNECTED, False
        self._connected_at = self._gives_up_at = math.inf

    def lose(self) -> None:
        """Loses the server; the terminal tries for a while before it reports that."""
        self._reachable = False
        self.begin_connecting()

    def log_in(self, login: str, password: str) -> None:
        """Logs in to the server; the result is an event."""
        if self.logged_in:
            self._report_login(LoginResult.ALREADY_LOGGED_IN)
        elif login.lower() not in (self._options.room_id.lower(), self._options.room_id.split("@")[0].lower()):
            self._report_login(LoginResult.NO_SUCH_USER)
        elif password != self._options.server_password:
            self._report_login(LoginResult.WRONG_PASSWORD)
        else:
            self._logged_in()

    def log_out(self) -> None:
        """Logs out of the server."""
        result = 0 if self.logged_in else 1
        self.logged_in = False
        self._emit("logout", result=result, cause=int(LogoutCause.ON_REQUEST))
        self._announce_state()

    def advance(self) -> None:
        """Does what is due."""
        if self._now() >= self._connected_at:
            self._connected()
        if self._now() >= self._gives_up_at:
            self._given_up()

    def _connected(self) -> None:
        self._connected_at = math.inf
        self.state = ServerState.CONNECTED
        self._emit(
            "serverConnected", server=self.server, port=self.port, domain=self._options.domain, service=self.service
        )
        self._announce_state()
        if self._settings.values["enableAutologin"]:
            self._logged_in()

    def _given_up(self) -> None:
        self._gives_up_at = math.inf
        self.state = ServerState.DISCONNECTED
        self._emit("serverDisconnected", server=self.server, port=self.port, service=self.service)
        self._announce_state()

    def _logged_in(self) -> None:
        self.logged_in = True
        self._report_login(LoginResult.SUCCESS)
        self._announce_state()
        self._after_login()

    def _report_login(self, result: LoginResult) -> None:
        who = self._options.me if result is LoginResult.SUCCESS else {}
        self._emit("login", result=int(result), **who)


def _connect(uplink: Uplink, request: Request) -> None:
    uplink.connect(request["server"], request.get("port", DEFAULT_PORT), service=False)


_LOGGED_IN = ("login", "appStateChanged", "abReceivedAfterLogin", "tariffRestrictionsChanged", "fileTransferAvailable")
_CONNECTING = ("serverConnected", "serverDisconnected", *_LOGGED_IN)

UPLINK: Table[Uplink] = {
    "getConnected": asking(Uplink.describe),
    "getServerDomain": asking(lambda uplink: {"domain": uplink.domain}),
    "getLogin": asking(Uplink.describe_login),
    "connectToServer": given(
        _connect,
        {"server": TEXT},
        takes={"port": whole(1, 65535)},
        states=NO_CALL,
        admin=True,
        events=_CONNECTING,
    ),
    "connectToService": given(
        lambda uplink, _request: uplink.connect_to_service(),
        {},
        takes={"domain": STRING},
        states=NO_CALL,
        admin=True,
        events=_CONNECTING,
    ),
    "login": given(
        lambda uplink, request: uplink.log_in(request["login"], request["password"]),
        {"login": TEXT, "password": STRING},
        takes={"encryptPassword": FLAG},
        states=CONNECTED,
        admin=True,
        events=_LOGGED_IN,
    ),
    "logout": doing(
        Uplink.log_out, CONNECTED, admin=True, events=("logout", "appStateChanged", "fileTransferAvailable")
    ),
}
