"""What the simulated terminal says when it refuses, and the errors behind it; texts are stable."""

NOT_AUTHORISED = "authorization needed"
WRONG_CREDENTIALS = "wrong credentials"
ADMINISTRATOR_ONLY = "administrator only"
USER_NOT_AVAILABLE = "user account is not available"
ADMINISTRATOR_UNSECURED = "user cannot be secured while administrator is unsecured"
CREDENTIALS_IN_USE = "credentials are in use by the other account"
BAD_JSON = "not a JSON object"
NO_METHOD = "missing method"
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


class Refused(Exception):
    """The terminal refuses a command: `text` goes into the reply, `fields` beside it."""

    def __init__(self, text: str, **fields: object) -> None:
        super().__init__(text)
        self.text = text
        self.fields = fields


class Impossible(Exception):
    """The far side asked for something that makes no sense now; says what is and what would be needed."""


class UnknownPeer(Exception):
    """The far side named a peer that the simulated server does not know."""

    def __init__(self, peer_id: str) -> None:
        super().__init__(f"no peer {peer_id!r}; GET /state lists them")
