"""What `[mqtt]` in the configuration says."""

import ipaddress
import re
from pathlib import Path
from typing import Annotated, Final

import msgspec

from appliance.language.text import Text, Unusable
from appliance.room import actions
from appliance.terminal.config import CREDENTIAL_STORE, KEPT, Port, kept, secret_in

CREDENTIAL: Final = "mqtt"
"""The credential offhook.NAME that keeps the password."""

PLAIN, TLS = 1883, 8883
"""The ports that IANA has given to MQTT, without and with TLS."""

_NAME: Final = re.compile(r"[a-zA-Z0-9_-]{1,64}")  # Home Assistant's rule, the narrowest; also no wildcard, no slash
_Host = Annotated[str, msgspec.Meta(min_length=1, max_length=253)]
_Path = Annotated[str, msgspec.Meta(min_length=1)]


class MqttConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[mqtt]`: the broker that hears of the room, and what may be asked over it; without this table there is none.

    `fallback`: hosts that are tried in turn where `host` does not answer. `site`, `room`: the room's place among the
    topics. `tls`: left out, TLS is used unless every host is this machine. `ca`: the file (PEM) of who has signed the
    broker's certificate; left out, those that the system trusts. `certificate`, `key`: the box's own; a file
    `credential:NAME` is the credential NAME of the service. `actions`: what may be asked, by first words or whole
    actions; none unless named. `titles`: also who is called and what meetings are about. `rooms`: how many share the
    broker, by which reconnecting is spread over time. `keepalive`: seconds. `home_assistant`: the prefix under which
    Home Assistant looks for devices, "homeassistant" unless that was changed there; left out: it is not told.
    """

    host: _Host
    site: str
    room: str
    port: Port | None = None
    fallback: Annotated[tuple[_Host, ...], msgspec.Meta(max_length=3)] = ()
    tls: bool | None = None
    ca: _Path | None = None
    certificate: _Path | None = None
    key: _Path | None = None
    user: Annotated[str, msgspec.Meta(max_length=256)] = ""
    password: _Path | None = None
    password_file: _Path | None = None
    actions: Annotated[tuple[str, ...], msgspec.Meta(max_length=64)] = ()
    titles: bool = False
    rooms: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)] = 1000
    keepalive: Annotated[int, msgspec.Meta(ge=10, le=1200)] = 60
    home_assistant: str | None = None

    def __post_init__(self) -> None:
        """Refuses names that are no part of a topic, halves of pairs, and words that are no action."""
        for key in ("site", "room"):
            if not _NAME.fullmatch(getattr(self, key)):
                raise Unusable(Text("mistake.mqtt_name", name=getattr(self, key)), key=key)
        if self.password is not None and self.password_file is not None:
            raise Unusable(Text("mistake.mqtt_passwords"), key="password_file", beside="password")
        if self.home_assistant is not None and not _NAME.fullmatch(self.home_assistant):
            raise Unusable(Text("mistake.mqtt_name", name=self.home_assistant), key="home_assistant")
        self._check_tls()
        for words in self.actions:
            check_action(words)

    def __repr__(self) -> str:
        return f"MqttConfig(host={self.host!r}, site={self.site!r}, room={self.room!r})"

    @property
    def is_secure(self) -> bool:
        """Whether TLS is used."""
        return not all(map(_is_this_machine, self.hosts)) if self.tls is None else self.tls

    @property
    def hosts(self) -> tuple[str, ...]:
        """The brokers in the order in which they are tried."""
        return (self.host, *self.fallback)

    @property
    def first_beyond(self) -> str:
        """The first of the brokers that is on another machine; empty where none is."""
        return next((host for host in self.hosts if not _is_this_machine(host)), "")

    @property
    def tells_its_password(self) -> bool:
        """Whether a password crosses a network in the clear."""
        has_one = self.password is not None or self.password_file is not None
        return has_one and not self.is_secure and bool(self.first_beyond)

    @property
    def where(self) -> int:
        """The port that is used."""
        return self.port or (TLS if self.is_secure else PLAIN)

    def secret(self, store: Path = CREDENTIAL_STORE) -> str | None:
        """Returns the password, from its file or credential where it is in one. Raises `CredentialsError`."""
        if self.password_file is not None:
            return secret_in("password_file", self.password_file, store)
        return kept(CREDENTIAL, store) if self.password == KEPT else self.password

    def _check_tls(self) -> None:
        for key, other in (("certificate", "key"), ("key", "certificate")):
            if getattr(self, key) is not None and getattr(self, other) is None:
                raise Unusable(Text("mistake.mqtt_pair", key=key, other=other), key=key, beside=other)
        for key in ("ca", "certificate"):
            if getattr(self, key) is not None and not self.is_secure:
                raise Unusable(Text("mistake.mqtt_no_tls", key=key), key=key, beside="tls")


def check_action(words: str) -> None:
    """Refuses what is neither the first word of an action nor a whole one, and what nobody could end."""
    if any(form.split()[0] == words for form in actions.GRAMMAR):
        return
    try:
        action = actions.parse(words)
    except actions.ActionError as error:
        raise Unusable(error.text, key="actions") from None
    if action.while_down or isinstance(action, actions.Wait):
        raise Unusable(Text("mistake.mqtt_held", action=words), key="actions")


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower().rstrip(".") in {"localhost", "localhost.localdomain"}
