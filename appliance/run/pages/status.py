"""The pages of a room that is built: what they show comes from the room's parts."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
import trio
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from appliance.api.about import ROOT
from appliance.language.catalogue import Language
from appliance.panel import tongues
from appliance.panel.access import Access
from appliance.panel.buttons import Buttons
from appliance.panel.camera.pictures import picture_routes
from appliance.panel.certificate import CertificateError, fingerprint
from appliance.panel.door.deeds import WithDoor
from appliance.panel.live.connection import Live
from appliance.panel.live.feed import Feed
from appliance.panel.live.heard import Asking, Hears
from appliance.panel.live.presses import Fingers, Pressing, Releasing
from appliance.panel.live.touch import Touch
from appliance.panel.live.touched import note_touch
from appliance.panel.login.page import login_page
from appliance.panel.login.routes import login_routes
from appliance.panel.maintenance.configuration import LARGEST_BODY, PLACE
from appliance.panel.maintenance.machine import MACHINE
from appliance.panel.maintenance.routes import Whose
from appliance.panel.maintenance.sent import SENT
from appliance.panel.pages import Screen, page_routes
from appliance.panel.pair.page import pair_pages
from appliance.panel.pair.routes import Pairs, pairing_routes
from appliance.panel.people.avatars import avatar_route
from appliance.panel.people.search import people_route
from appliance.panel.status import status_app
from appliance.panel.tongues import Tongues
from appliance.panel.view import Viewed
from appliance.room.actions import Action
from appliance.room.inputs import Touched
from appliance.room.state import RoomState
from appliance.run.editing.editor import Editor
from appliance.run.pages.access import gate_of
from appliance.run.pages.api import interface_of
from appliance.run.pages.door import DOOR_LIVE, allowed, door_live, door_touch
from appliance.run.pages.maintenance import maintenance_of
from appliance.run.pages.steered import Steered, steered
from appliance.run.parts import Parts
from appliance.runtime.web.assets import mark_of
from appliance.runtime.web.sockets import Talk
from appliance.runtime.web.uploads import Large
from appliance.services.state_files import state_directory
from appliance.terminal.config import place

LIVE = "/panel/live"
"""The path of the WebSocket of panels; displays at the door have one of their own."""
LARGE_BODIES: Final[Large] = {
    **dict.fromkeys((f"{PLACE}/look", f"{PLACE}/apply", f"{ROOT}/configuration"), LARGEST_BODY),
    **dict.fromkeys((f"{MACHINE}/restore", f"{ROOT}/machine/restore"), SENT),
}
"""Paths that are sent a whole room.toml, or a backup."""


class Pages(NamedTuple):
    """`app`: all of them; `beside`: those that stay open, with what they ask for; `sockets` by their paths.

    `large`: paths to which more is sent than to others, and what.
    """

    app: Starlette
    beside: list[BaseRoute]
    sockets: dict[str, Talk]
    large: Large = LARGE_BODIES


def pages_of(parts: Parts, whose: Whose | None = None, state: Path | None = None) -> Pages:
    """Returns the pages of the room with these parts. `whose`: who asks for maintenance; None: the gate says.

    `state`: the folder for what is kept; None: the one that systemd gives the service, if it does.
    """
    room, language, panel = parts.config.room.name, parts.language, parts.config.panel
    spoken = language if panel is None else tongues.spoken(panel.language, language)
    screen = Screen() if panel is None else Screen(panel.inches, panel.dark, pairs=parts.invites)
    gate = gate_of(parts)
    access, cameras = Access(gate), steered(parts)
    editing = Editor(parts, state or state_directory())
    desk = maintenance_of(parts, spoken, whose or gate.caller, editing)
    pairs = Pairs(parts.access.pairing, parts.access.inviting, partial(_fingerprint, parts))
    titles = panel is None or panel.titles
    shown, touched = Viewed(room, spoken, titles=titles), _touched(parts, cameras, spoken)
    api = interface_of(parts, gate, shown, touched, editing)
    beside = [
        *page_routes(room, spoken, screen, gate),
        *pair_pages(room, spoken),
        *pairing_routes(pairs, gate, spoken),
        login_page(room, gate, spoken),
        *login_routes(parts.access.login, gate, spoken),
        people_route(lambda: parts.store.state, access),
        avatar_route(lambda: parts.store.state, parts.avatars.of, access),
        *picture_routes(parts.pictures.latest, parts.pictures.place, access),
        *api.routes,
        *desk.routes,
    ]
    app = status_app(
        lambda: parts.store.state,
        language,
        received=lambda: msgspec.structs.asdict(parts.link.counters),
        programs=parts.sharing.programs,
        says=parts.said.all,
        reasons=lambda: parts.conditions.reasons(parts.store.state.offline),
        mistakes=lambda: [f"{mistake.line}: {mistake.said(language)}" for mistake in parts.mistakes],
        more=beside,
        gate=gate,
    )
    live = Tongues(spoken, partial(_live, parts, access, cameras, _heard(parts, cameras)))
    door = Tongues(spoken, partial(door_live, parts, access))
    sockets = {LIVE: cameras.holds.watched(live.talk), DOOR_LIVE: door.talk}
    return Pages(app, beside, {**sockets, **api.sockets, **desk.sockets})


def _fingerprint(parts: Parts) -> str:
    """Returns what browsers show of the certificate; nothing where it cannot be read any more. Blocks."""
    panel = parts.config.panel
    try:
        return "" if panel is None or panel.certificate is None else fingerprint(place(panel.certificate))
    except CertificateError:
        return ""


def _buttons(parts: Parts) -> Buttons:
    panel = parts.config.panel
    return Buttons({}) if panel is None else Buttons(panel.shown(), panel.held())


def _touched(parts: Parts, cameras: Steered, language: Language) -> Viewed:
    """Returns what looks at the room for screens that may touch."""
    room, panel = parts.config.room, parts.config.panel
    return Viewed(
        room.name,
        language,
        titles=True,
        peers=True,
        favourites=room.speed_dial,
        buttons=_buttons(parts),
        hang_up="press" if panel is None else panel.hang_up,
        cameras=cameras.viewed(language),
        allow=allowed(parts),
    )


def _heard(parts: Parts, cameras: Steered) -> dict[str, Hears]:
    """Returns who hears what pages say, by kind: the same for pages in all languages."""

    def put(action: Action) -> None:
        parts.controller.put(Touched(action))

    buttons = _buttons(parts)
    fingers = Fingers(lambda: buttons.there(parts.store.state), parts.controller.put, trio.current_time)
    return {
        "hold": cameras.holds,
        "do": Asking(WithDoor(door_touch(parts), Touch(put, trio.current_time, cameras.steering.home))),
        "press": Pressing(fingers),
        "release": Releasing(fingers),
    }


def _live(
    parts: Parts, access: Access, cameras: Steered, hears: Mapping[str, Hears], language: Language
) -> Live[RoomState]:
    panel, mark = parts.config.panel, mark_of("appliance.panel")
    titles = panel is None or panel.titles
    return Live(
        parts.store.followed,
        Feed(Viewed(parts.config.room.name, language, titles=titles)),
        parts.clock,
        lambda: f"{mark}-{language.code}",
        language,
        touched=Feed(_touched(parts, cameras, language)),
        hears=hears,
        access=access,
        did=partial(note_touch, parts.audit),
    )
