import signal
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest
import trio
from trio.testing import MockClock

from appliance.room.parts.call import CallAsked, PasswordEntry
from appliance.room.parts.person import Person
from appliance.room.state import Phase, RoomState
from appliance.run.restart import LONGEST_WAIT, asked_to_end, until_quiet
from appliance.runtime.followed import Followed
from tests.virtual_time import passes, real

Asked = trio.MemorySendChannel[int]


def room(phase: Phase) -> Followed[RoomState]:
    return Followed(RoomState(phase=phase))


def goes_on(followed: Followed[RoomState], **fields: object) -> None:
    followed.value = msgspec.structs.replace(followed.value, **fields)


async def ended_by(signals: AsyncIterator[int], followed: Followed[RoomState], ends: list[int]) -> None:
    ends.append(await asked_to_end(signals, followed))


async def test_sigterm_ends_it_in_the_middle_of_a_call() -> None:
    send, signals = trio.open_memory_channel[int](2)
    send.send_nowait(signal.SIGTERM)
    assert await asked_to_end(signals, room(Phase.IN_CALL)) is signal.SIGTERM


async def test_a_restart_waits_for_the_end_of_the_call_however_often_it_is_asked(autojump_clock: MockClock) -> None:
    followed, ends = room(Phase.RINGING), list[int]()
    send, signals = trio.open_memory_channel[int](2)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(ended_by, signals, followed, ends)
        send.send_nowait(signal.SIGHUP)
        send.send_nowait(signal.SIGHUP)
        for phase in (Phase.IN_CALL, Phase.CLOSING):
            await passes(60)
            assert ends == []
            goes_on(followed, phase=phase)
        await passes(1)
        assert ends == []
        goes_on(followed, phase=Phase.IDLE)
    assert ends == [signal.SIGHUP]


async def test_a_later_reload_takes_a_restart_back_but_not_one_that_was_asked_for(autojump_clock: MockClock) -> None:
    answers, followed, ends = [True, False], room(Phase.IN_CALL), list[int]()

    async def reload() -> bool:
        await trio.lowlevel.checkpoint()
        return answers.pop(0)

    async def ended() -> None:
        ends.append(await asked_to_end(signals, followed, reload))

    send, signals = trio.open_memory_channel[int](4)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(ended)
        for number in (signal.SIGHUP, signal.SIGHUP):
            send.send_nowait(number)
            await passes(1)
        assert answers == []
        goes_on(followed, phase=Phase.IDLE)
        await passes(1)
        assert ends == []
        goes_on(followed, phase=Phase.IN_CALL)
        answers.append(False)
        for number in (signal.SIGUSR1, signal.SIGHUP):
            send.send_nowait(number)
            await passes(1)
        goes_on(followed, phase=Phase.IDLE)
    assert ends == [signal.SIGUSR1]


async def test_a_reload_that_takes_its_time_holds_up_no_end() -> None:
    async def reload() -> bool:
        await trio.sleep_forever()
        return False

    send, signals = trio.open_memory_channel[int](2)
    send.send_nowait(signal.SIGHUP)
    send.send_nowait(signal.SIGTERM)
    with trio.fail_after(real(5)):
        assert await asked_to_end(signals, room(Phase.IDLE), reload) is signal.SIGTERM


async def test_sigterm_does_not_wait_for_a_restart_that_does(autojump_clock: MockClock) -> None:
    followed, ends = room(Phase.IN_CALL), list[int]()
    send, signals = trio.open_memory_channel[int](2)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(ended_by, signals, followed, ends)
        send.send_nowait(signal.SIGHUP)
        await passes(60)
        send.send_nowait(signal.SIGTERM)
    assert ends == [signal.SIGTERM]


async def test_a_restart_is_at_once_where_nobody_talks() -> None:
    send, signals = trio.open_memory_channel[int](1)
    send.send_nowait(signal.SIGHUP)
    with trio.fail_after(real(5)):
        for phase in (Phase.IDLE, Phase.UNKNOWN, Phase.OFFLINE):
            assert await until_quiet(room(phase))
        assert await asked_to_end(signals, room(Phase.IDLE)) is signal.SIGHUP


async def test_a_finger_on_a_button_is_waited_for(autojump_clock: MockClock) -> None:
    followed, ends = room(Phase.IDLE), list[int]()
    goes_on(followed, held=frozenset({"hangup"}))
    send, signals = trio.open_memory_channel[int](1)
    send.send_nowait(signal.SIGHUP)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(ended_by, signals, followed, ends)
        await passes(1)
        assert ends == []
        goes_on(followed, held=frozenset())
    assert ends == [signal.SIGHUP]


async def test_it_is_given_up_after_half_a_day_and_can_be_asked_for_again(autojump_clock: MockClock) -> None:
    followed = room(Phase.IN_CALL)
    assert not await until_quiet(followed)
    assert trio.current_time() >= LONGEST_WAIT
    goes_on(followed, phase=Phase.IDLE)
    assert await until_quiet(followed)


@pytest.mark.parametrize(
    "begins", [{"call_asked": CallAsked("anna@example.org", 5.0)}, {"password": PasswordEntry(Person("200@x"))}]
)
async def test_a_restart_waits_while_a_call_is_begun(autojump_clock: MockClock, begins: dict[str, Any]) -> None:
    followed = Followed(RoomState(phase=Phase.IDLE, **begins))
    with trio.move_on_after(60) as still_waits:
        await until_quiet(followed)
    assert still_waits.cancelled_caught
    followed.value = RoomState(phase=Phase.IDLE)
    assert await until_quiet(followed)
