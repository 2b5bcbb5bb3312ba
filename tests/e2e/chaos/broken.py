"""Boxes that are broken in one way each, to see that chaos would notice: patches of the firmware."""

import os
from collections.abc import Callable

import msgspec
import pytest
import trio

from appliance.display.burnin import Glass, glass
from appliance.display.draw import Drawing, compose
from appliance.display.view import View
from appliance.room.motion import STILL, Motion, movement
from appliance.room.show.shown import Shown
from appliance.room.show.signals import Signal, signal
from appliance.room.state import RoomState
from appliance.run.appliance import Appliance
from appliance.services.inputs.buttons import ButtonService
from appliance.services.link.terminal import TerminalService
from appliance.services.store import RoomStore
from appliance.terminal.messages import Command
from appliance.terminal.messages.devices import SetMicMute
from appliance.terminal.reports import LinkUp, Report
from drivers.gpio.buttons import ButtonEvent
from drivers.gpio.debounce import Kind
from tests.e2e.chaos.play import SPARE

Patch = pytest.MonkeyPatch
Break = Callable[[Patch], None]


def press_counts_twice(patch: Patch) -> None:
    heard = ButtonService._heard

    def twice(service: ButtonService, event: ButtonEvent) -> None:
        heard(service, event)
        if event.kind is Kind.PRESSED:
            heard(service, event)

    patch.setattr(ButtonService, "_heard", twice)


def press_is_lost(patch: Patch) -> None:
    patch.setattr(ButtonService, "_heard", lambda _service, _event: None)


def hang_up_is_lost(patch: Patch) -> None:
    heard = ButtonService._heard

    def heard_the_others(service: ButtonService, event: ButtonEvent) -> None:
        if event.name != "hangup":
            heard(service, event)

    patch.setattr(ButtonService, "_heard", heard_the_others)


def lamp_is_false(patch: Patch) -> None:
    def false(shows: str, state: RoomState, now: float) -> Shown[Signal]:
        return signal(shows, msgspec.structs.replace(state, mic_muted=not state.mic_muted), now)

    patch.setattr("appliance.services.outputs.signs.signal", false)


def glass_is_false(patch: Patch) -> None:
    def false(view: View, shift: tuple[int, int]) -> Drawing:
        return compose(msgspec.structs.replace(view, room="Pluto"), shift)

    patch.setattr("appliance.services.outputs.display.compose", false)


def glass_stays_dark(patch: Patch) -> None:
    def dark(*given: object) -> Glass:
        return msgspec.structs.replace(glass(*given), hidden=True)  # type: ignore[arg-type]  # as it was given

    patch.setattr("appliance.services.outputs.display.glass", dark)


def camera_runs_on(patch: Patch) -> None:
    def never_stopped(before: Motion, after: Motion) -> tuple[Command, ...]:
        return () if after == STILL else movement(before, after)

    patch.setattr("appliance.services.link.controller.movement", never_stopped)


def after_each_link(patch: Patch, does: Callable[[TerminalService], None]) -> None:
    """Lets something happen whenever the link is up again; the first time counts, too."""
    hear = TerminalService.hear

    def hears(service: TerminalService, report: Report) -> None:
        hear(service, report)
        if isinstance(report, LinkUp):
            does(service)

    patch.setattr(TerminalService, "hear", hears)


def after_each_other_link(patch: Patch, does: Callable[[TerminalService], None]) -> None:
    """The same, but for the first time of each box."""
    boxes = list[TerminalService]()

    def again(service: TerminalService) -> None:
        if service in boxes:
            does(service)
        boxes.append(service)

    after_each_link(patch, again)


def reconnect_sends(patch: Patch) -> None:
    def sends(service: TerminalService) -> None:
        service._link.post_now(SetMicMute(mute=False))

    after_each_other_link(patch, sends)


def _believes(**fields: object) -> Callable[[TerminalService], None]:
    def believes(service: TerminalService) -> None:
        service._store.followed.value = msgspec.structs.replace(service._store.state, **fields)

    return believes


def mute_is_false(patch: Patch) -> None:
    after_each_link(patch, _believes(mic_muted=True))


def reconnect_forgets(patch: Patch) -> None:
    after_each_other_link(patch, _believes(me=None))


def device_stays_offline(patch: Patch) -> None:
    service_is = RoomStore.service_is

    def only_offline(store: RoomStore, name: str, *, online: bool) -> None:
        if not online:
            service_is(store, name, online=online)

    patch.setattr(RoomStore, "service_is", only_offline)


def tasks_stay(patch: Patch) -> None:
    def leaves(_service: TerminalService) -> None:
        for _ in range(2 * SPARE):
            trio.lowlevel.spawn_system_task(trio.sleep_forever)

    after_each_link(patch, leaves)


def descriptors_stay(patch: Patch, opened: list[int]) -> None:
    """`opened`: for whoever closes them."""

    def leaves(_service: TerminalService) -> None:
        opened.extend(os.open(os.devnull, os.O_RDONLY) for _ in range(2 * SPARE))

    after_each_link(patch, leaves)


def rooms_stay(patch: Patch, kept: list[Appliance]) -> None:
    """`kept`: where they stay."""
    stop = Appliance.stop

    def stays(appliance: Appliance) -> None:
        kept.append(appliance)
        stop(appliance)

    patch.setattr(Appliance, "stop", stays)
