"""Cameras: each moves for a second, and goes back to where it looked if it has told where that was.

It moves as if a page held it down, so that whoever moves it already keeps it, its stop overtakes everything else, and
somebody who takes hold of it meanwhile is not disturbed by the way back. What is confirmed is that the camera has told
that it looks elsewhere; one that tells nothing is only asked.
"""

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import Final, NamedTuple, get_args

import trio
from msgspec import convert

from appliance.language.text import Text
from appliance.maintain.trials import NotTried, Trial, Way
from appliance.panel.camera.steering import Movement, motion_of
from appliance.room.actions import Direction
from appliance.room.inputs import DriveTo as RoomDriveTo
from appliance.room.intents.camera import Move
from appliance.room.motion import DIRECTIONS, STILL
from appliance.room.parts.link import LinkPhase
from appliance.room.show.devices import device
from appliance.room.texts import NO_LINK
from appliance.run.named import named
from appliance.run.parts import Parts
from appliance.services.cameras.lent import looks
from appliance.services.cameras.local import LocalCameraService
from drivers.visca.model.actions import DriveTo
from drivers.visca.model.profile import Position

MOVES: Final = 1.0  # seconds
STOPS: Final = 0.5  # seconds for the stop to be done before it is sent back
TELLS: Final = 2.0  # seconds after which a camera at rest is asked where it looks, see `services.cameras.local`
_CALLED: Final = {"in": Text("touch.zoom_in"), "out": Text("touch.zoom_out")}
TERMINALS: Final = "terminal camera"


class _Camera(NamedTuple):
    """`name`: empty for the terminal's. `looks`: where; `elsewhere`: waits for that to change; `go`: sends it there."""

    name: str
    looks: Callable[[], Position]
    elsewhere: Callable[[], Awaitable[object]]
    go: Callable[[Position], None]


def cameras(parts: Parts) -> Iterator[tuple[str, Trial]]:
    """Yields those of cameras that the box controls itself, and of the terminal's where it has told of one."""
    for name, camera in parts.local_cameras.by_name.items():
        yield named("camera", name), _trial(parts, _local(name, camera.service), device(named("camera", name)))
    if parts.store.state.camera is not None:
        yield TERMINALS, _trial(parts, _terminals(parts), Text("maintain.terminal_camera"))


def _local(name: str, service: LocalCameraService) -> _Camera:
    async def elsewhere() -> None:
        await service.looks.newer_than(service.looks.value)

    def go(place: Position) -> None:
        service.ask(DriveTo(place.pan, place.tilt, place.zoom))

    return _Camera(name, lambda: service.looks.value, elsewhere, go)


def _terminals(parts: Parts) -> _Camera:
    async def elsewhere() -> None:
        before = state = parts.store.state
        while state.camera == before.camera:
            state = await parts.store.followed.newer_than(state)

    def go(place: Position) -> None:
        parts.controller.put(RoomDriveTo(place.pan, place.tilt, place.zoom))

    return _Camera("", lambda: looks(parts.store.state.camera), elsewhere, go)


def _trial(parts: Parts, camera: _Camera, called: Text) -> Trial:
    returns = camera.looks().pan is not None
    does = Text("maintain.would_return" if returns else "maintain.would_move", seconds=f"{MOVES:g}")
    ways = tuple(Way(way, _CALLED.get(way) or Text(f"touch.camera_{way}"), does) for way in get_args(Direction))
    return Trial(called=called, run=partial(_move, parts, camera), ways=ways, asks=not returns)


async def _move(parts: Parts, camera: _Camera, way: str, confirm: Callable[[], None]) -> None:
    """Moves it, stops it and sends it back, also if this is cancelled; waits until it has told where it looks."""
    if not camera.name and parts.store.state.link.phase is not LinkPhase.UP:
        raise NotTried(NO_LINK)
    before, movement = camera.looks(), _movement(parts, camera.name, way)
    with parts.outcomes.watched(parts.store) as watch:
        if why := movement.begin():
            raise NotTried(why)
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_confirm, camera, confirm)
            await _there_and_back(parts, camera, movement, before)
            await trio.sleep(TELLS)
            nursery.cancel_scope.cancel()
        if not camera.name and (why := watch.why_not(Move)):
            raise NotTried(why)


async def _there_and_back(parts: Parts, camera: _Camera, movement: Movement, before: Position) -> None:
    try:
        try:
            await trio.sleep(MOVES)
        finally:
            movement.end()
        await trio.sleep(STOPS)
    finally:
        if before.pan is not None and motion_of(parts.store.state, camera.name) == STILL:
            camera.go(before)


async def _confirm(camera: _Camera, confirm: Callable[[], None]) -> None:
    """Confirms that it moves as soon as it tells of two places."""
    seen = camera.looks()
    while not _differ(seen, now := camera.looks()):
        seen = now
        await camera.elsewhere()
    confirm()


def _differ(place: Position, other: Position) -> bool:
    axes = ((place.pan, other.pan), (place.tilt, other.tilt), (place.zoom, other.zoom))
    return any(None not in pair and pair[0] != pair[1] for pair in axes)


def _movement(parts: Parts, camera: str, way: str) -> Movement:
    axis, sign = DIRECTIONS[convert(way, Direction)]
    pan, tilt, zoom = (sign if each == axis else 0 for each in range(3))
    put, moves = parts.controller.put, parts.local_cameras.moves
    return Movement(camera, (pan, tilt, zoom), put, lambda: parts.store.state, moves)
