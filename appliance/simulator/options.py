"""What a simulated terminal is started with."""

from typing import Annotated

import msgspec

from appliance.simulator.option_types import (
    CAMERAS,
    CAPTURE_SOURCES,
    LOUDSPEAKERS,
    MICROPHONES,
    MONITORS,
    CaptureSource,
    Device,
    Generation,
    GivenFile,
    License,
    Monitor,
    Tariff,
)
from appliance.terminal.messages.enums import ConferenceType

Port = Annotated[int, msgspec.Meta(ge=0, le=65535)]
Seconds = Annotated[float, msgspec.Meta(ge=0)]

DAY = 86400.0  # seconds
DOMAIN = "meet.example.com"


class Contact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody on the simulated server; with `in_book` they are in the room's address book.

    `conference_pin`: the password of a conference that they own from the start; empty: they own none.
    """

    peer_id: str
    name: str
    online: bool = True
    in_book: bool = True
    conference_pin: str = ""


class PlannedMeeting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A scheduled conference; `starts_in` counts in seconds from the start of the simulator and may be negative."""

    id: str
    topic: str
    owner: str
    starts_in: float = 0
    duration: Seconds = 3600
    type: ConferenceType = ConferenceType.SYMMETRIC
    pin: str = ""


CONTACTS = (
    Contact(peer_id=f"anna.petrova@{DOMAIN}", name="Анна Петрова"),
    Contact(peer_id=f"john.smith@{DOMAIN}", name="John Smith"),
    Contact(peer_id=f"100@{DOMAIN}", name="Reception"),
    Contact(peer_id=f"support@{DOMAIN}", name="Служба поддержки"),
    Contact(peer_id=f"m.garcia@{DOMAIN}", name="María García"),
    Contact(peer_id=f"boardroom@{DOMAIN}", name="Board room"),
    Contact(peer_id=f"d.volkov@{DOMAIN}", name="Дмитрий Волков", online=False),
    Contact(peer_id=f"guest@{DOMAIN}", name="Guest", in_book=False),
)

MEETINGS = (
    PlannedMeeting(id="3413915491", topic="Планёрка", owner=f"anna.petrova@{DOMAIN}", starts_in=-600),
    PlannedMeeting(id="2718281828", topic="Design review", owner=f"john.smith@{DOMAIN}", starts_in=5400),
)


class SimulatorOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A simulated room: where it listens, who may control it, whom it knows, how fast it is. Times in seconds.

    Port 0 stands for any free port; without a `control_port` (None) the far side has no listener. An account that
    has neither PIN nor password is unsecured; with `user_available` False there is only the administrator's.
    """

    host: str = "127.0.0.1"
    web_port: Port = 0
    ws_port: Port = 0
    http_port: Port = 0
    control_port: Port | None = 0

    pin: str | None = None
    password: str | None = None
    user_available: bool = True
    user_pin: str | None = None
    user_password: str | None = None

    room_id: str = f"room3@{DOMAIN}"
    room_name: str = "Переговорная 3"
    server_password: str = "room3"  # noqa: S105  # protects a simulated account; `login` asks for it
    server: str = "192.0.2.10"
    domain: str = DOMAIN
    contacts: tuple[Contact, ...] = CONTACTS
    meetings: tuple[PlannedMeeting, ...] = MEETINGS

    license: License = License.FULL
    license_keys: tuple[str, ...] = ("R00M-T3ST-K3Y0-0001",)
    hardware_key: str = "0FF400C-51A0DE5-7E57ED0-1B0A3D5"
    tariff: Tariff = Tariff()
    version: str = "7.3.0.0"
    transfer_pin: str = ""  # for sharing files; a random one if empty
    update: str = ""  # the version that an update would install; empty: there is no update
    properties: dict[str, str] = {}

    cameras: tuple[Device, ...] = CAMERAS
    microphones: tuple[Device, ...] = MICROPHONES
    loudspeakers: tuple[Device, ...] = LOUDSPEAKERS
    camera_modes: tuple[str, ...] = ("NTSC_433", "NTSC_M", "PAL_60")
    camera_pins: tuple[str, ...] = ("RGB", "Serial Digital")
    capture_sources: tuple[CaptureSource, ...] = CAPTURE_SOURCES
    monitors: tuple[Monitor, ...] = MONITORS
    files: tuple[GivenFile, ...] = ()

    generation: Generation = Generation.BOTH
    newer_commands: bool = True  # camera presets, sleep and others, as from version 4.2 on; an old one never has them
    com_port: str = ""  # on which the terminal itself drives a camera; newer ones only
    com_ports: tuple[str, ...] = ("COM1", "COM2")
    echo_request_id: bool = True
    ptz: bool = True
    ring_timeout: Seconds = 60
    answer_timeout: Seconds = 30  # for requests within a conference: podium, cameras
    remark_time: Annotated[int, msgspec.Meta(ge=1)] = 30
    closing_time: Seconds = 0.1
    connect_time: Seconds = 0.2
    restart_time: Seconds = 0.5
    shutdown_time: Seconds = 5  # until somebody switches it on again
    token_lifetime: Seconds | None = None  # None: as its generation has it, see `token_life`
    http_token_lifetime: Seconds = 300
    http_token_needed: bool = False  # for `/avatars/ID`, `/frames/ID` and `/files/ID`, too

    def __post_init__(self) -> None:
        """Raises `ValueError` for a combination of PINs and passwords that no terminal would accept."""
        self._check_secrets("pin", self.pin, "password", self.password)
        self._check_secrets("user_pin", self.user_pin, "user_password", self.user_password)
        if self.user_secret and not self.secret:
            raise ValueError("user_pin, user_password: the user cannot be secured while the administrator is not")
        if self.secret and self.user_secret == self.secret:
            raise ValueError("user_pin, user_password: must differ from the administrator's")

    @staticmethod
    def _check_secrets(pin_name: str, pin: str | None, password_name: str, password: str | None) -> None:
        if pin is not None and password is not None:
            raise ValueError(f"{pin_name}, {password_name}: expected at most one of the two")
        if pin == "" or password == "":
            raise ValueError(f"{pin_name}, {password_name}: expected at least one character")

    @property
    def secret(self) -> str:
        """The administrator's PIN or password; empty if unsecured."""
        return self.pin or self.password or ""

    @property
    def user_secret(self) -> str:
        """The user's PIN or password; empty if unsecured."""
        return self.user_pin or self.user_password or ""

    @property
    def newer(self) -> bool:
        """Whether it knows commands that the manual does not have."""
        return self.newer_commands and self.generation is not Generation.OLD

    @property
    def me(self) -> dict[str, str]:
        """`peerId` and `peerDn` of the room itself, as the wire has them."""
        return {"peerId": self.room_id, "peerDn": self.room_name}

    def token_life(self, *, by_pin: bool) -> float:
        """Seconds for which a token is valid: 30 days; a day with newer terminals, where a PIN protects the account."""
        if self.token_lifetime is not None:
            return self.token_lifetime
        return DAY if by_pin and self.generation is Generation.NEW else 30 * DAY

    def __repr__(self) -> str:
        return f"SimulatorOptions(host={self.host!r}, room_id={self.room_id!r})"
