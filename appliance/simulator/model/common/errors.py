"""The texts with which the simulated terminal refuses, and the exceptions behind them. The texts are stable."""

NOT_AUTHORISED = "authorization needed"
WRONG_CREDENTIALS = "wrong credentials"
ADMINISTRATOR_ONLY = "administrator only"
USER_NOT_AVAILABLE = "user account is not available"
ADMINISTRATOR_UNSECURED = "user cannot be secured while administrator is unsecured"
CREDENTIALS_IN_USE = "credentials are in use by the other account"
BAD_JSON = "not a JSON object"
NO_METHOD = "missing method"
UNKNOWN_PARAMETER = "unknown parameter"
UNKNOWN_METHOD = "unknown method"
WRONG_STATE = "not allowed in this state"
NO_INCOMING_CALL = "no incoming call"
NO_CALL = "no call"
NOT_OWNER = "not the owner of a group conference"
NOT_IN_CONFERENCE = "peer is not in the conference"
NO_REQUEST = "peer has not asked to join"
TOO_MANY_PARTICIPANTS = "too many participants"
UNKNOWN_SETTING = "unknown setting"
NO_CAMERA_CONTROL = "camera cannot be controlled"
NOT_IN_ADDRESS_BOOK = "peer is not in the address book"
ALREADY_IN_ADDRESS_BOOK = "peer is in the address book already"
UNKNOWN_PEER = "unknown peer"
NOT_IN_TARIFF = "not allowed by the tariff"
UNKNOWN_GROUP = "unknown group"
ALREADY_IN_GROUP = "peer is in the group already"
NOT_IN_GROUP = "peer is not in the group"
ALREADY_BLOCKED = "peer is blocked already"
NOT_BLOCKED = "peer is not blocked"
NOT_ROLE_BASED = "not a role-based conference"
ON_PODIUM = "on the podium already"
NOT_ON_PODIUM = "not on the podium"
PODIUM_FULL = "the podium is full"
ASKED_ALREADY = "asked already"
NO_INVITATION = "no invitation to the podium"
NOBODY_ASKED = "peer has not asked for that"
NOT_GROUP = "not a group conference"
NOT_ALLOWED = "only the owner or a moderator of a group conference"
NO_OTHER_VIDEO = "peer has no other video to switch to"
NO_MICROPHONE = "no microphone"
UNKNOWN_DEVICE = "unknown device"
UNKNOWN_MONITOR = "unknown monitor"
IGNORED_MONITOR = "the monitor is ignored"
UNKNOWN_SLOT = "unknown video slot"
NOTHING_MOVED = "no video slot is on that monitor"
RUNNING = "running already"
NOT_RUNNING = "not running"
NOT_CONTROLLED = "the camera is not controlled by this terminal"
UNKNOWN_CHAT = "unknown chat"
UNKNOWN_CONTAINER = "unknown container"
UNKNOWN_FILE = "unknown file"
UNKNOWN_REQUEST = "unknown request"
TRANSFER_NOT_AVAILABLE = "file transfer is not available"
WRONG_PIN = "wrong PIN"
NO_SLIDES = "no slides"
UNKNOWN_SLIDE = "unknown slide"
UNKNOWN_CAPTURE = "unknown window or monitor to capture"
UNKNOWN_PRESET = "unknown preset"
NO_UPDATE = "no update is available"


class Refused(Exception):
    """The terminal refuses a command: `text` becomes the `error` of the reply, `fields` are added to it."""

    def __init__(self, text: str, **fields: object) -> None:
        super().__init__(text)
        self.text = text
        self.fields = fields


class Impossible(Exception):
    """The far side asked for something that cannot happen now; says why, and what would be possible."""


class UnknownPeer(Exception):
    """The far side named a peer that the simulated server does not know."""

    def __init__(self, peer_id: str) -> None:
        super().__init__(f"no peer {peer_id!r}; GET /state lists them")
