"""The commands about people: address book, call history, schedule."""

from appliance.simulator.model import errors
from appliance.simulator.model.errors import Refused
from appliance.simulator.model.machine.accounts import Session
from appliance.simulator.model.parameters import COUNT, STRING, TEXT
from appliance.simulator.model.table import BUSY, READY, Fields, Request, Rule, Table, asking, doing
from appliance.simulator.model.terminal import Terminal

PEER = {"peerId": TEXT}


def _display_name(terminal: Terminal, _session: Session, request: Request) -> Fields:
    if terminal.directory.find(request["peerId"]) is None:
        raise Refused(errors.UNKNOWN_PEER)
    return terminal.directory.party(request["peerId"])


def _contact_details(terminal: Terminal, _session: Session, request: Request) -> None:
    party = _display_name(terminal, _session, request)
    first, _, last = party["peerDn"].partition(" ")
    name = {"firstName": first, "lastName": last, "displayName": party["peerDn"]}
    phones = {"mobilePhone": "+1 555 0100", "workPhone": "+1 555 0101", "homePhone": "+1 555 0102"}
    terminal.emit("detailInfo", **party, **name, **phones, company="Example Ltd")


def _add_contact(terminal: Terminal, _session: Session, request: Request) -> Fields:
    terminal.tariff.require("canChangeAddressBook")
    return {"peerId": terminal.directory.add(request["peerId"], request.get("peerDn", ""))}


def _rename_contact(terminal: Terminal, _session: Session, request: Request) -> Fields:
    terminal.tariff.require("canChangeAddressBook")
    terminal.directory.rename(request["peerId"], request["peerDn"])
    return {"peerId": request["peerId"]}


def _remove_contact(terminal: Terminal, _session: Session, request: Request) -> Fields:
    terminal.tariff.require("canChangeAddressBook")
    terminal.directory.remove(request["peerId"])
    return {"peerId": request["peerId"]}


def _call_history(terminal: Terminal, _session: Session, request: Request) -> Fields:
    return {"calls": terminal.history.latest(request["count"]), "lastView": terminal.history.last_view}


PEOPLE: Table = {
    "getAbook": asking(lambda terminal: {"abook": terminal.directory.address_book()}),
    "getDisplayNameById": Rule(_display_name, needs=PEER),
    "getContactDetails": Rule(_contact_details, needs=PEER, events=("detailInfo",)),
    "addToAbook": Rule(
        _add_contact, needs=PEER, takes={"peerDn": STRING}, states=READY | BUSY, events=("contactsAdded",)
    ),
    "renameInAbook": Rule(
        _rename_contact, needs={**PEER, "peerDn": TEXT}, states=READY | BUSY, events=("contactsRenamed",)
    ),
    "removeFromAbook": Rule(_remove_contact, needs=PEER, states=READY | BUSY, events=("contactsDeleted",)),
    "getCallHistory": Rule(_call_history, needs={"count": COUNT}),
    "setLastCallsViewed": doing(lambda terminal: terminal.history.mark_viewed(), events=("lastCallsViewed",)),
    "getLastCallsViewTime": asking(lambda terminal: {"time": terminal.history.last_view}),
    "getScheduler": doing(lambda terminal: terminal.schedule.send(), events=("conferenceList",)),
}
