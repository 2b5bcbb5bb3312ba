"""What is so according to a snapshot, worded as the events by which the terminal would have told it."""

from collections.abc import Iterator
from typing import TypeVar

import msgspec

from appliance.share.changes.facts import Fact, Key, of_event
from appliance.terminal.messages import Snapshot
from appliance.terminal.messages.account import Login, ServerConnected
from appliance.terminal.messages.base import Event
from appliance.terminal.messages.calls import (
    AppStateChanged,
    ConferenceCreated,
    ConferencesReply,
    InviteReceived,
    InviteSent,
    NewParticipant,
    Requests,
)
from appliance.terminal.messages.devices import AudioMuted, MicMuted, PtzChanged, SettingChanged, VideoMuted
from appliance.terminal.messages.enums import ConferenceState, ConferenceType, LoginResult, ServerState
from appliance.terminal.messages.parts import Person

E = TypeVar("E", bound=Event)

_KINDS = {"p2p": ConferenceType.POINT_TO_POINT, "conference": ConferenceType.SYMMETRIC}


def of_snapshot(snapshot: Snapshot) -> tuple[frozenset[str], dict[Key, Fact]]:
    """Returns which parts of the terminal's state were read, and what is so in them."""
    found = (of_event(event) for event in _events(snapshot))
    return frozenset(_read(snapshot)), dict(each for each in found if each is not None)


def _read(snapshot: Snapshot) -> Iterator[str]:
    replies = {
        "server": snapshot.connected,
        "login": snapshot.login,
        "mic": snapshot.mic,
        "audio": snapshot.audio,
        "video": snapshot.video,
        "setting": snapshot.settings,
        "ptz": snapshot.ptz,
        "schedule": snapshot.schedule,
        "invitation": snapshot.conferences,
        "conference": snapshot.conferences,
    }
    yield "state"
    yield from (part for part, reply in replies.items() if reply is not None)
    if snapshot.participants is not None or not _goes_on(snapshot):
        yield "participant"


def _events(snapshot: Snapshot) -> Iterator[Event]:
    """Says what was read as the events by which the terminal would have told it."""
    yield _as(AppStateChanged, snapshot.app_state)
    for kind, mute in ((MicMuted, snapshot.mic), (AudioMuted, snapshot.audio), (VideoMuted, snapshot.video)):
        if mute is not None:
            yield kind(mute=mute.mute)
    if snapshot.settings is not None:
        yield from (SettingChanged(name=each.name, value=each.value) for each in snapshot.settings.settings)
    if snapshot.ptz is not None:
        yield _as(PtzChanged, snapshot.ptz)
    if snapshot.schedule is not None:
        yield snapshot.schedule
    yield from _account(snapshot)
    if snapshot.conferences is not None:
        yield from _call(snapshot.conferences, snapshot.app_state.requests)
    if _goes_on(snapshot):
        yield from _people(snapshot)


def _account(snapshot: Snapshot) -> Iterator[Event]:
    connected, login = snapshot.connected, snapshot.login
    if connected is not None and connected.state is ServerState.CONNECTED and connected.server_info is not None:
        at = connected.server_info
        yield ServerConnected(server=at.server, port=at.port, domain=at.domain, service=at.service)
    if login is not None and login.is_logged_in:
        yield Login(result=LoginResult.SUCCESS, peer_id=login.peer_id, peer_name=login.peer_name)


def _goes_on(snapshot: Snapshot) -> bool:
    return snapshot.conferences is not None and snapshot.conferences.conf_state is ConferenceState.GOING_ON


def _call(reply: ConferencesReply, requests: Requests | None) -> Iterator[Event]:
    if reply.conf_state is ConferenceState.GOING_ON:
        yield _conference(reply)
    if reply.conf_state is ConferenceState.INVITATION and reply.direction:
        kind = _KINDS.get(reply.type, ConferenceType.POINT_TO_POINT)
        who = _party(reply, requests)
        about = {"peer_id": who.peer_id, "peer_name": who.peer_name, "conf_id": reply.conf_id}
        if reply.direction == "incoming":
            yield InviteReceived(**about, type=kind, conf_title=reply.conf_title)
        else:
            yield InviteSent(**about, conf_type=kind)


def _party(reply: ConferencesReply, requests: Requests | None) -> Person:
    """Returns the other side, whom only getAppState names before there is a call."""
    names = ("call", "conference")
    listed = [each for name in names for each in getattr(requests, f"{reply.direction}_{name}", ())]
    return listed[0] if listed else Person(peer_id=reply.peer_id, peer_name=reply.peer_name)


def _conference(reply: ConferencesReply) -> ConferenceCreated:
    return ConferenceCreated(
        conf_id=reply.conf_id,
        conf_title=reply.conf_title,
        conf_type=ConferenceType.POINT_TO_POINT if reply.conf_type is None else reply.conf_type,
        owner=reply.owner,
        peer_id=reply.peer_id,
        in_waiting_room=bool(reply.in_waiting_room),
        join_url=reply.join_url,
        management_url=reply.management_url,
    )


def _people(snapshot: Snapshot) -> Iterator[Event]:
    """The terminal itself is in its lists, and never comes in by an event."""
    if snapshot.participants is None or snapshot.conferences is None:
        return
    own = snapshot.login.peer_id if snapshot.login is not None else ""
    for person in snapshot.participants.participants:
        if person.peer_id != own:
            yield _as(NewParticipant, person, conf_id=snapshot.conferences.conf_id)


def _as(kind: type[E], reply: msgspec.Struct, **more: object) -> E:
    """Returns an event with what it has in common with a reply, or a part of one: the wire's names are the same."""
    fields = {name: getattr(reply, name) for name in kind.__struct_fields__ if hasattr(reply, name)}
    return kind(**(fields | more))
