"""A press is shown in time though the terminal takes no frame."""

from typing import Never, cast

import trio
import trio.testing

from appliance.room import actions
from appliance.room.bindings.bindings import Binding, Bindings
from appliance.room.inputs import Pressed
from appliance.room.local_events import LinkChanged
from appliance.room.state import Link as LinkState
from appliance.room.state import LinkPhase, RoomState
from appliance.services.controller import Controller
from appliance.services.store import RoomStore
from appliance.terminal.link import Link


class FullSocket:
    """A link whose frames do not leave."""

    writable = False

    async def until_writable(self) -> Never:
        await trio.sleep_forever()
        raise AssertionError


async def test_a_press_is_shown_within_100_ms_though_its_frame_does_not_leave(autojump_clock: object) -> None:
    store = RoomStore()
    store.apply(LinkChanged(LinkState(LinkPhase.UP)))
    bindings = Bindings(buttons={"mute": Binding(press=actions.Mute("mic", on=True))})
    link = cast("Link", FullSocket())
    controller = Controller(store, link, bindings, move_local=lambda _: None, intended=lambda _intent, _before: None)
    async with trio.open_nursery() as nursery:
        await nursery.start(lambda task_status: controller.run(task_status=task_status))
        seen: list[tuple[float, RoomState]] = []

        async def show() -> None:
            state = await store.followed.newer_than(store.state)
            seen.append((trio.current_time(), state))

        nursery.start_soon(show)
        await trio.testing.wait_all_tasks_blocked()
        pressed = trio.current_time()
        controller.put(Pressed("mute"))
        await trio.sleep(1)
        assert [(at - pressed <= 0.1, state.asked is not None) for at, state in seen] == [(True, True)]
        nursery.cancel_scope.cancel()
