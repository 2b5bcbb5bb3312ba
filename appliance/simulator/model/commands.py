"""The table of commands that the simulated terminal knows, by subject. Names as on the wire."""

from typing import Any

from appliance.simulator.model.calls.camera_control import CAMERA_CONTROL
from appliance.simulator.model.calls.participants import PARTICIPANTS
from appliance.simulator.model.calls.podium import PODIUM
from appliance.simulator.model.errors import Refused
from appliance.simulator.model.machine.accounts import Account, Session
from appliance.simulator.model.machine.containers import CONTAINERS
from appliance.simulator.model.machine.files import FILES
from appliance.simulator.model.machine.http_service import HTTP_SERVICE
from appliance.simulator.model.machine.tariff import TARIFF
from appliance.simulator.model.machine.updates import UPDATES
from appliance.simulator.model.machine.uplink import DEFAULT_PORT
from appliance.simulator.model.media.devices import MUTE_EVENTS, Device
from appliance.simulator.model.media.equipment import EQUIPMENT
from appliance.simulator.model.media.layout import LAYOUT
from appliance.simulator.model.media.presets import NEWER
from appliance.simulator.model.media.ptz import AxisName
from appliance.simulator.model.media.screen import SCREEN
from appliance.simulator.model.media.sharing import SHARING
from appliance.simulator.model.media.slides import SLIDES
from appliance.simulator.model.media.sound_checks import SOUND_CHECKS
from appliance.simulator.model.parameters import FLAG, NUMBER, OBJECT, STRING, TEXT, TEXTS, Kind, one_of, whole
from appliance.simulator.model.people.address_book import PEOPLE
from appliance.simulator.model.people.chats import CHATS
from appliance.simulator.model.people.groups import GROUPS
from appliance.simulator.model.people.transfers import TRANSFERS
from appliance.simulator.model.table import (
    BUSY,
    CONNECTED,
    IN_CONFERENCE,
    NO_CALL,
    READY,
    WAITING,
    Fields,
    Request,
    Rule,
    Table,
    asking,
    doing,
)
from appliance.simulator.model.terminal import Terminal
from appliance.terminal.messages.enums import ConferenceType

PEER = {"peerId": TEXT}
SYMBOL = Kind("one of 0-9 * # A-D", lambda v: isinstance(v, str) and len(v) == 1 and v.upper() in "0123456789*#ABCD")
CONFERENCE_TYPES = {
    "symmetric": ConferenceType.SYMMETRIC,
    "asymmetric": ConferenceType.ASYMMETRIC,
    "role": ConferenceType.ROLE_BASED,
}
TITLE_LENGTH = 510
TITLE = Kind(f"a string of at most {TITLE_LENGTH} characters", lambda v: isinstance(v, str) and len(v) <= TITLE_LENGTH)
VERSION = ("major", "minor", "revision", "build")


# accounts


def _auth(terminal: Terminal, session: Session, request: Request) -> Fields:
    return terminal.accounts.authorise(session, request)


def _set_auth_params(terminal: Terminal, session: Session, request: Request) -> Fields:
    security = request["authType"]
    if security == "password" and "password" not in request:
        raise Refused("missing parameter: password")
    account = Account(request["userType"])
    return terminal.accounts.protect(session, account, security, request.get("password", ""))


def _get_auth_info(terminal: Terminal, session: Session, _request: Request) -> Fields:
    return terminal.accounts.describe(session)


ACCOUNTS: Table = {
    "auth": Rule(
        _auth,
        takes={"type": one_of("unsecured", "secured"), "credentials": STRING, "role": one_of(*Account)},
        open=True,
    ),
    "setAuthParams": Rule(
        _set_auth_params,
        needs={"userType": one_of(*Account), "authType": one_of("unsecured", "pin", "password")},
        takes={"password": TEXT},
        events=("authorizationNeeded",),
    ),
    "getAuthInfo": Rule(_get_auth_info),
    "clearTokens": Rule(lambda terminal, _session, _request: terminal.accounts.clear_tokens(), admin=True),
    "getTokenForHttpServer": asking(lambda terminal: {"token": terminal.accounts.new_http_token()}),
}


# the terminal and its server


def _connect_to_server(terminal: Terminal, _session: Session, request: Request) -> None:
    terminal.uplink.connect(request["server"], request.get("port", DEFAULT_PORT), service=False)


def _connect_to_service(terminal: Terminal, _session: Session, _request: Request) -> None:
    terminal.uplink.connect(terminal.options.server, DEFAULT_PORT, service=True)


def _login(terminal: Terminal, _session: Session, request: Request) -> None:
    terminal.uplink.log_in(request["login"], request["password"])


def _system_info(terminal: Terminal) -> Fields:
    version = dict(zip(VERSION, map(int, terminal.version.split(".")), strict=False))
    info: Fields = {
        "fileInfo": version,
        "productInfo": version,
        "systemRating": {
            "videoQuality": {"send": "UHD", "receiveP2P": "UHD", "receiveGroup": "UHD"},
            "videoContentLevels": {"send": 66, "receiveP2P": 75, "receiveGroup": 91, "bench": 741031},
        },
    }
    if camera := terminal.equipment.camera_info():
        info["cameraInfo"] = camera
    if terminal.calls.conference is not None:
        info["receivers"] = terminal.calls.conference.participants.receivers()
    if not terminal.uplink.logged_in:
        return info
    limits = {"min": 32, "max": 4096}
    permissions = terminal.tariff.allows
    return {**info, "authInfo": terminal.uplink.me, "permissionsInfo": permissions, "bitrateLimits": limits}


SERVER: Table = {
    "getAppState": asking(Terminal.describe_state),
    "getSystemInfo": asking(_system_info),
    "getConnected": asking(lambda terminal: terminal.uplink.describe()),
    "getServerDomain": asking(lambda terminal: {"domain": terminal.options.domain}),
    "getLogin": asking(lambda terminal: terminal.uplink.describe_login()),
    "connectToServer": Rule(
        _connect_to_server,
        needs={"server": TEXT},
        takes={"port": whole(1, 65535)},
        states=NO_CALL,
        admin=True,
        events=("serverConnected", "appStateChanged"),
    ),
    "connectToService": Rule(
        _connect_to_service,
        takes={"domain": STRING},
        states=NO_CALL,
        admin=True,
        events=("serverConnected", "appStateChanged"),
    ),
    "login": Rule(
        _login,
        needs={"login": TEXT, "password": STRING},
        takes={"encryptPassword": FLAG},
        states=CONNECTED,
        admin=True,
        events=("login", "appStateChanged", "abReceivedAfterLogin", "fileTransferAvailable"),
    ),
    "logout": Rule(
        lambda terminal, _session, _request: terminal.uplink.log_out(),
        states=CONNECTED,
        admin=True,
        events=("logout", "appStateChanged", "fileTransferAvailable"),
    ),
}


# calls and conferences


def _call(terminal: Terminal, _session: Session, request: Request) -> None:
    terminal.calls.call(request["peerId"], request.get("pin", ""))


def _hang_up(terminal: Terminal, _session: Session, request: Request) -> None:
    terminal.calls.hang_up(request.get("forAll"))


def _create_conference(terminal: Terminal, _session: Session, request: Request) -> None:
    terminal.calls.last_type = request["confType"]
    terminal.calls.create(
        request.get("title", ""),
        CONFERENCE_TYPES[request["confType"]],
        request.get("inviteList", []),
        auto_join=request.get("autoAccept", False),
    )


def _invite(terminal: Terminal, _session: Session, request: Request) -> None:
    terminal.calls.going_on().invite(request["peerId"])


def _kick(terminal: Terminal, _session: Session, request: Request) -> None:
    terminal.calls.going_on().kick(request["peerId"])


def _accept_peer(terminal: Terminal, _session: Session, request: Request) -> None:
    terminal.calls.going_on().let_in(request["peerId"])


def _reject_peer(terminal: Terminal, _session: Session, request: Request) -> None:
    terminal.calls.going_on().turn_away(request["peerId"])


def _tone_dial(terminal: Terminal, _session: Session, request: Request) -> None:
    terminal.calls.dial(request["symbol"])


def _participants(terminal: Terminal) -> Fields:
    conference = terminal.calls.going_on()
    return {"participants": conference.everybody(), "confId": conference.conf_id}


CALLS: Table = {
    "call": Rule(
        _call,
        needs=PEER,
        takes={"pin": STRING},
        states=READY,
        events=("inviteSent", "inviteRequestSent", "appStateChanged", "rejectReceived", "stopCalling"),
    ),
    "accept": doing(
        lambda terminal: terminal.calls.accept(),
        WAITING,
        events=("conferenceCreated", "appStateChanged", "newParticipantInConference"),
    ),
    "reject": doing(
        lambda terminal: terminal.calls.reject(), WAITING, events=("rejectSent", "stopCalling", "appStateChanged")
    ),
    "hangUp": Rule(
        _hang_up, takes={"forAll": FLAG}, states=BUSY, events=("stopCalling", "conferenceDeleted", "appStateChanged")
    ),
    "getConferences": asking(lambda terminal: terminal.calls.describe()),
    "getConferenceParticipants": asking(_participants),
    "createConference": Rule(
        _create_conference,
        needs={"confType": one_of(*CONFERENCE_TYPES)},
        takes={"title": TITLE, "autoAccept": FLAG, "inviteList": TEXTS},
        states=READY,
        events=("conferenceCreated", "appStateChanged", "inviteSent", "rejectReceived"),
    ),
    "getLastSelectedConference": asking(lambda terminal: {"confType": terminal.calls.last_type}),
    "getMaxConfTitleLength": asking(lambda _terminal: {"length": TITLE_LENGTH}),
    "inviteToConference": Rule(_invite, needs=PEER, states=IN_CONFERENCE, events=("inviteSent", "rejectReceived")),
    "kickPeer": Rule(_kick, needs=PEER, states=IN_CONFERENCE, events=("participantLeftConference",)),
    "acceptPeer": Rule(
        _accept_peer, needs=PEER, states=IN_CONFERENCE, events=("peerAccepted", "newParticipantInConference")
    ),
    "rejectPeer": Rule(_reject_peer, needs=PEER, states=IN_CONFERENCE, events=("rejectSent",)),
    "toneDial": Rule(_tone_dial, needs={"symbol": SYMBOL}, states=IN_CONFERENCE, events=("toneDial",)),
}


# mutes, settings, camera


def _mute(device: Device) -> Rule:
    def run(terminal: Terminal, _session: Session, request: Request) -> None:
        terminal.mutes.set(device, mute=request["mute"])

    return Rule(run, needs={"mute": FLAG}, events=(MUTE_EVENTS[device],))


def _muted(device: Device) -> Rule:
    return asking(lambda terminal: {"mute": terminal.mutes.muted[device]})


def _get_settings(terminal: Terminal) -> Fields:
    return {"settings": terminal.settings.visible(logged_in=terminal.uplink.logged_in)}


def _set_settings(terminal: Terminal, _session: Session, request: Request) -> None:
    terminal.settings.change(request["settings"], logged_in=terminal.uplink.logged_in)


def _drive(axis: AxisName, direction: int) -> Rule:
    return doing(lambda terminal: terminal.camera.drive(axis, direction), events=("ptzControlsChanged",))


def _place(axis: AxisName) -> Rule:
    def run(terminal: Terminal, _session: Session, request: Request) -> None:
        terminal.camera.place(axis, request["pos"])

    return Rule(run, needs={"pos": NUMBER}, events=("ptzControlsChanged",))


DEVICES: Table = {
    "getMicMute": _muted("mic"),
    "setMicMute": _mute("mic"),
    "getAudioMute": _muted("audio"),
    "setAudioMute": _mute("audio"),
    "getVideoMute": _muted("video"),
    "setVideoMute": _mute("video"),
    "getSettings": asking(_get_settings),
    "setSettings": Rule(_set_settings, needs={"settings": OBJECT}, events=("settingsChanged",)),
    "getPtzControls": asking(lambda terminal: terminal.camera.describe()),
    "ptzLeft": _drive("pan", -1),
    "ptzRight": _drive("pan", +1),
    "ptzUp": _drive("tilt", +1),
    "ptzDown": _drive("tilt", -1),
    "ptzZoomInc": _drive("zoom", +1),
    "ptzZoomDec": _drive("zoom", -1),
    "ptzStop": doing(lambda terminal: terminal.camera.stop(), events=("ptzControlsChanged",)),
    "setPanPos": _place("pan"),
    "setTiltPos": _place("tilt"),
    "setZoomPos": _place("zoom"),
    "setPtzDefaults": doing(lambda terminal: terminal.camera.home(), events=("ptzControlsChanged",)),
}


COMMANDS: Table = {
    **ACCOUNTS,
    **SERVER,
    **TARIFF,
    **CALLS,
    **PARTICIPANTS,
    **PODIUM,
    **CAMERA_CONTROL,
    **DEVICES,
    **EQUIPMENT,
    **SOUND_CHECKS,
    **SCREEN,
    **LAYOUT,
    **SLIDES,
    **SHARING,
    **PEOPLE,
    **GROUPS,
    **CHATS,
    **FILES,
    **TRANSFERS,
    **CONTAINERS,
    **HTTP_SERVICE,
    **UPDATES,
    **NEWER,
}

_BY_LOWER_NAME: dict[str, Rule] = {name.lower(): rule for name, rule in COMMANDS.items()}
_WITHOUT_NEWER = {name: rule for name, rule in _BY_LOWER_NAME.items() if name not in {n.lower() for n in NEWER}}


def rule_for(terminal: Terminal, method: str) -> Rule | None:
    """What a terminal knows of a command by that name, which is compared without regard to case."""
    known = _BY_LOWER_NAME if terminal.options.newer_commands else _WITHOUT_NEWER
    return known.get(method.lower())


def without_credentials(request: dict[str, Any]) -> dict[str, Any]:
    """A command as it may be shown."""
    return {name: value for name, value in request.items() if name not in ("credentials", "password", "pin", "token")}
