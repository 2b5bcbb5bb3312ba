"""The link to the terminal, and who is logged in there."""

from appliance.room import pin
from appliance.room.change import changed, noticed
from appliance.room.local_events.link import Authorised, LinkChanged
from appliance.room.parts.call import Ending
from appliance.room.parts.link import LinkPhase
from appliance.room.parts.person import Person
from appliance.room.reduce.calls import endings
from appliance.room.reduce.local import faults
from appliance.room.reduce.terminal import snapshot
from appliance.room.state import RoomState
from appliance.room.texts import login_failure, logout
from appliance.terminal.messages import account
from appliance.terminal.messages.enums import LoginResult, LogoutCause


def link_changed(state: RoomState, event: LinkChanged, now: float) -> RoomState:
    """Whatever the terminal has said is unknown as soon as the link is down."""
    if event.link.phase is LinkPhase.UP or event.link == state.link:
        return changed(state, link=event.link)
    state = snapshot.unknown(state, event.link)
    return faults.troubled(state, now)


def authorised(state: RoomState, event: Authorised, now: float) -> RoomState:
    """The link was let in, and told the user's PIN."""
    return pin.known(state, now, user_pin=event.user_pin)


def login(state: RoomState, event: account.Login, now: float) -> RoomState:
    """Somebody is logged in, or could not be: then the room says why."""
    if event.result is not LoginResult.SUCCESS:
        return noticed(state, login_failure(event.result), now)
    return changed(state, me=Person(event.peer_id, event.peer_name)) if event.peer_id else state


def logged_out(state: RoomState, event: account.Logout, now: float) -> RoomState:
    """Nobody is logged in; that ends a call, of which it says why."""
    state = noticed(changed(state, me=None), logout(event.cause), now)
    elsewhere = event.cause is LogoutCause.LOGGED_IN_ELSEWHERE
    return endings.foretold(state, Ending.ELSEWHERE if elsewhere else Ending.LOGGED_OUT, now)
