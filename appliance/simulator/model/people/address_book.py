"""The room's address book as clients read and change it; the tariff may forbid changes."""

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.context import Emit
from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.common.parameters import STRING, TEXT
from appliance.simulator.model.common.table import BUSY, READY, Fields, Request, Table, asking, given
from appliance.simulator.model.machine.tariff import Tariff
from appliance.simulator.model.people.directory import Directory


class AddressBook:
    """Each method returns the fields of a reply."""

    def __init__(self, directory: Directory, tariff: Tariff, emit: Emit) -> None:
        self._directory = directory
        self._tariff = tariff
        self._emit = emit

    def describe(self) -> Fields:
        """Returns everybody in the address book."""
        return {"abook": self._directory.address_book()}

    def display_name(self, peer_id: str) -> Fields:
        """Returns id and name of anybody on the server; refused for others."""
        if self._directory.find(peer_id) is None:
            raise Refused(errors.UNKNOWN_PEER)
        return self._directory.party(peer_id)

    def send_details(self, peer_id: str) -> None:
        """Sends somebody's names and telephone numbers as an event, which is how the terminal answers."""
        party = self.display_name(peer_id)
        first, _, last = party["peerDn"].partition(" ")
        name = {"firstName": first, "lastName": last, "displayName": party["peerDn"]}
        phones = {"mobilePhone": "+1 555 0100", "workPhone": "+1 555 0101", "homePhone": "+1 555 0102"}
        self._emit("detailInfo", **party, **name, **phones, company="Example Ltd")

    def add(self, peer_id: str, name: str) -> Fields:
        """Adds somebody; an empty name stands for the one that the server knows."""
        self._require_change()
        return {"peerId": self._directory.add(peer_id, name)}

    def rename(self, peer_id: str, name: str) -> Fields:
        """Gives somebody another name."""
        self._require_change()
        self._directory.rename(peer_id, name)
        return {"peerId": peer_id}

    def remove(self, peer_id: str) -> Fields:
        """Removes somebody."""
        self._require_change()
        self._directory.remove(peer_id)
        return {"peerId": peer_id}

    def _require_change(self) -> None:
        self._tariff.require("canChangeAddressBook")


def _add(book: AddressBook, request: Request) -> Fields:
    return book.add(request["peerId"], request.get("peerDn", ""))


def _rename(book: AddressBook, request: Request) -> Fields:
    return book.rename(request["peerId"], request["peerDn"])


_PEER = {"peerId": TEXT}

ADDRESS_BOOK: Table[AddressBook] = {
    "getAbook": asking(AddressBook.describe),
    "getDisplayNameById": given(lambda book, request: book.display_name(request["peerId"]), _PEER),
    "getContactDetails": given(
        lambda book, request: book.send_details(request["peerId"]), _PEER, events=("detailInfo",)
    ),
    "addToAbook": given(_add, _PEER, takes={"peerDn": STRING}, states=READY | BUSY, events=("contactsAdded",)),
    "renameInAbook": given(_rename, {**_PEER, "peerDn": TEXT}, states=READY | BUSY, events=("contactsRenamed",)),
    "removeFromAbook": given(
        lambda book, request: book.remove(request["peerId"]), _PEER, states=READY | BUSY, events=("contactsDeleted",)
    ),
}
