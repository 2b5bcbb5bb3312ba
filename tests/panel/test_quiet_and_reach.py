"""What pages are told of do not disturb, of the night, and of whom one touch calls."""

import msgspec
import pytest

from appliance.language.catalogue import ENGLISH
from appliance.panel.people.reach import Peer, Reach
from appliance.panel.quiet import Quiet
from appliance.panel.view import Viewed
from appliance.room.parts.closed import Undisturbed
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.people.book import Book
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages.enums import CallDirection, PeerStatus
from appliance.terminal.messages.people import Contact, PastCall

BOOK = Book(
    [
        Contact(peer_id="anna@example.org", peer_name="Anna Larsen", status=PeerStatus.AVAILABLE),
        Contact(peer_id="ivan@example.org", peer_name="Ivan", status=PeerStatus.BUSY),
        Contact(peer_id="room@example.org", peer_name="Room 7"),
    ]
)
FAVOURITES = ("anna@example.org", "ivan@example.org/x", "", "204", "room@example.org", "204")


def room(**fields: object) -> RoomState:
    return RoomState(link=Link(LinkPhase.UP), phase=Phase.IDLE, **fields)  # type: ignore[arg-type]


def reach(state: RoomState, *, peers: bool = True) -> Reach:
    return Viewed("Neptune", ENGLISH, titles=True, peers=peers, favourites=FAVOURITES)(state).reach


@pytest.mark.parametrize(
    ("state", "quiet"),
    [
        (room(), Quiet()),
        (room(undisturbed=Undisturbed()), Quiet(undisturbed=True)),
        (room(undisturbed=Undisturbed(61.5)), Quiet(undisturbed=True, until=61_500)),
        (RoomState(night=True), Quiet(night=True)),  # without a link, too
    ],
)
def test_quiet(state: RoomState, quiet: Quiet) -> None:
    assert Viewed("Neptune", ENGLISH, titles=True)(state).quiet == quiet


def test_favourites_are_those_of_the_configuration_with_their_presence() -> None:
    assert reach(room(contacts=BOOK)).favourites == (
        Peer("anna@example.org", "Anna Larsen", "here"),
        Peer("ivan@example.org/x", "Ivan", "busy"),
        Peer("204", ""),
        Peer("room@example.org", "Room 7", "away"),
    )


def test_the_last_calls_name_everybody_once_by_the_last() -> None:
    calls = (
        PastCall(type=CallDirection.MISSED, peer_id="anna@example.org/a", start_time=90),
        PastCall(type=CallDirection.INCOMING, peer_id="anna@example.org"),
        PastCall(type=CallDirection.OUTGOING, peer_id="204", peer_name="Extension"),
        PastCall(type=CallDirection.OUTGOING),
    )
    assert reach(room(contacts=BOOK, history=calls)).recent == (
        Peer("anna@example.org/a", "Anna Larsen", "here", "missed", 90_000),
        Peer("204", "Extension", None, "out"),
    )


def test_who_may_only_look_is_told_of_nobody() -> None:
    assert reach(room(contacts=BOOK), peers=False) == Reach()


def test_what_has_not_changed_is_not_looked_at_again() -> None:
    look = Viewed("Neptune", ENGLISH, titles=True, peers=True, favourites=FAVOURITES)
    state = room(contacts=BOOK)
    assert look(msgspec.structs.replace(state, night=True)).reach is look(state).reach
