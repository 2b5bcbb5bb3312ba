"""The terminal's own connection to its server, and the account it is logged in with there."""

import math
from typing import TYPE_CHECKING, Any

from appliance.terminal.messages.enums import AppState, LoginResult, LogoutCause, ServerState

if TYPE_CHECKING:
    from appliance.simulator.model.terminal import Terminal

DEFAULT_PORT = 4307
PATIENCE = 5.0  # seconds from losing the server to telling so


class Uplink:
    """Connecting, logging in, logging out, losing the server."""

    def __init__(self, terminal: "Terminal") -> None:
        self._terminal = terminal
        self._options = terminal.options
        self.state = ServerState.CONNECTED
        self.logged_in: bool = True
        self.server = self._options.server
        self.port = DEFAULT_PORT
        self.service = False
        self._connected_at = math.inf
        self._gives_up_at = math.inf

    @property
    def due(self) -> float:
        """When something is to happen by itself; infinity while nothing is."""
        return min(self._connected_at, self._gives_up_at)

    @property
    def app_state(self) -> AppState:
        """What the terminal is doing as far as its server goes."""
        if self.state is ServerState.CONNECTED:
            return AppState.READY if self.logged_in else AppState.LOGIN_NEEDED
        return AppState.CONNECTING if self.state is ServerState.CONNECTING else AppState.OFFLINE

    @property
    def me(self) -> dict[str, str]:
        """The room's own id and name as the wire has them."""
        return {"peerId": self._options.room_id, "peerDn": self._options.room_name}

    def describe(self) -> dict[str, Any]:
        """The fields of the reply to `getConnected`."""
        info = {"server": self.server, "service": self.service, "port": self.port, "domain": self._options.domain}
        connected = self.state is ServerState.CONNECTED
        return {"state": int(self.state), **({"serverInfo": info} if connected else {})}

    def describe_login(self) -> dict[str, Any]:
        """The fields of the reply to `getLogin`."""
        return {"isLoggedIn": self.logged_in, **(self.me if self.logged_in else {})}

    def connect(self, server: str, port: int, *, service: bool) -> None:
        """Leaves the server there is and connects to this one."""
        self.server, self.port, self.service = server, port, service
        self.begin_connecting()

    def begin_connecting(self) -> None:
        """As after a start or a lost server: the terminal tries to connect."""
        self.state, self.logged_in = ServerState.CONNECTING, False
        self._connected_at, self._gives_up_at = self._terminal.now() + self._options.connect_time, math.inf
        self._terminal.announce_state()

    def switch_off(self) -> None:
        """The power is off: no server, nobody logged in."""
        self.state, self.logged_in = ServerState.DISCONNECTED, False
        self._connected_at = self._gives_up_at = math.inf

    def lose(self) -> None:
        """The server is gone; the terminal tries for a while before it says so."""
        self.state, self.logged_in = ServerState.CONNECTING, False
        self._connected_at, self._gives_up_at = math.inf, self._terminal.now() + PATIENCE
        self._terminal.announce_state()

    def log_in(self, login: str, password: str) -> None:
        """Logs in to the server; the outcome is an event."""
        if self.logged_in:
            self._told(LoginResult.ALREADY_LOGGED_IN)
        elif login.lower() not in (self._options.room_id.lower(), self._options.room_id.split("@")[0].lower()):
            self._told(LoginResult.NO_SUCH_USER)
        elif password != self._options.server_password:
            self._told(LoginResult.WRONG_PASSWORD)
        else:
            self._logged_in()

    def log_out(self) -> None:
        """Logs out of the server."""
        result = 0 if self.logged_in else 1
        self.logged_in = False
        self._terminal.emit("logout", result=result, cause=int(LogoutCause.ON_REQUEST))
        self._terminal.announce_state()

    def advance(self) -> None:
        """Does what is due."""
        if self._terminal.now() >= self._connected_at:
            self._connected()
        if self._terminal.now() >= self._gives_up_at:
            self._given_up()

    def _connected(self) -> None:
        self._connected_at = math.inf
        self.state = ServerState.CONNECTED
        self._terminal.emit(
            "serverConnected", server=self.server, port=self.port, domain=self._options.domain, service=self.service
        )
        self._terminal.announce_state()
        if self._terminal.settings.values["enableAutologin"]:
            self._logged_in()

    def _given_up(self) -> None:
        self._gives_up_at = math.inf
        self.state = ServerState.DISCONNECTED
        self._terminal.emit("serverDisconnected", server=self.server, port=self.port, service=self.service)
        self._terminal.announce_state()

    def _logged_in(self) -> None:
        self.logged_in = True
        self._told(LoginResult.SUCCESS)
        self._terminal.announce_state()
        self._terminal.emit("abReceivedAfterLogin", abook=self._terminal.directory.address_book())

    def _told(self, result: LoginResult) -> None:
        who = self.me if result is LoginResult.SUCCESS else {}
        self._terminal.emit("login", result=int(result), **who)
