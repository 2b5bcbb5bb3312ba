"""The commands about calls and conferences; those about podium, cameras and participants are with these."""

from appliance.simulator.model.calls.calls import Calls
from appliance.simulator.model.common.parameters import FLAG, STRING, TEXT, TEXTS, Kind, one_of
from appliance.simulator.model.common.table import (
    BUSY,
    IN_CONFERENCE,
    READY,
    Fields,
    Request,
    Table,
    asking,
    doing,
    given,
)
from appliance.terminal.messages.enums import ConferenceType

_ENTERED = ("conferenceCreated", "newParticipantInConference")
PEER = {"peerId": TEXT}
SYMBOL = Kind("one of 0-9 * # A-D", lambda v: isinstance(v, str) and len(v) == 1 and v.upper() in "0123456789*#ABCD")
CONFERENCE_TYPES = {
    "symmetric": ConferenceType.SYMMETRIC,
    "asymmetric": ConferenceType.ASYMMETRIC,
    "role": ConferenceType.ROLE_BASED,
}
TITLE_LENGTH = 510
TITLE = Kind(f"a string of at most {TITLE_LENGTH} characters", lambda v: isinstance(v, str) and len(v) <= TITLE_LENGTH)


def _call(calls: Calls, request: Request) -> None:
    calls.call(request["peerId"], request.get("pin", ""))


def _hang_up(calls: Calls, request: Request) -> None:
    calls.hang_up(request.get("forAll"))


def _create_conference(calls: Calls, request: Request) -> None:
    calls.last_type = request["confType"]
    calls.create(
        request.get("title", ""),
        CONFERENCE_TYPES[request["confType"]],
        request.get("inviteList", []),
        auto_join=request.get("autoAccept", False),
    )


def _invite(calls: Calls, request: Request) -> None:
    calls.going_on().admission.invite(request["peerId"])


def _kick(calls: Calls, request: Request) -> None:
    calls.going_on().kick(request["peerId"])


def _accept_peer(calls: Calls, request: Request) -> None:
    calls.going_on().admission.let_in(request["peerId"])


def _reject_peer(calls: Calls, request: Request) -> None:
    calls.going_on().admission.turn_away(request["peerId"])


def _participants(calls: Calls) -> Fields:
    conference = calls.going_on()
    return {"participants": conference.everybody(), "confId": conference.roster.conf_id}


CALLS: Table[Calls] = {
    "call": given(
        _call,
        PEER,
        takes={"pin": STRING},
        states=READY,
        events=("inviteSent", "inviteRequestSent", "appStateChanged", *_ENTERED, "rejectReceived", "stopCalling"),
    ),
    "accept": doing(Calls.accept, BUSY, events=("appStateChanged", "conferenceDeleted", *_ENTERED)),
    "reject": doing(Calls.reject, BUSY, events=("rejectSent", "stopCalling", "appStateChanged")),
    "hangUp": given(
        _hang_up,
        {},
        takes={"forAll": FLAG},
        states=BUSY,
        events=("stopCalling", "conferenceDeleted", "appStateChanged"),
    ),
    "getConferences": asking(Calls.describe),
    "getConferenceParticipants": asking(_participants),
    "createConference": given(
        _create_conference,
        {"confType": one_of(*CONFERENCE_TYPES)},
        takes={"title": TITLE, "autoAccept": FLAG, "inviteList": TEXTS},
        states=READY,
        events=("appStateChanged", "inviteSent", *_ENTERED, "rejectReceived"),
    ),
    "getLastSelectedConference": asking(lambda calls: {"confType": calls.last_type}),
    "getMaxConfTitleLength": asking(lambda _calls: {"length": TITLE_LENGTH}),
    "inviteToConference": given(
        _invite, PEER, states=IN_CONFERENCE, events=("inviteSent", "newParticipantInConference", "rejectReceived")
    ),
    "kickPeer": given(_kick, PEER, states=IN_CONFERENCE, events=("participantLeftConference",)),
    "acceptPeer": given(
        _accept_peer, PEER, states=IN_CONFERENCE, events=("peerAccepted", "newParticipantInConference")
    ),
    "rejectPeer": given(_reject_peer, PEER, states=IN_CONFERENCE, events=("rejectSent",)),
    "toneDial": given(
        lambda calls, request: calls.dial(request["symbol"]),
        {"symbol": SYMBOL},
        states=IN_CONFERENCE,
        events=("toneDial",),
    ),
}
