"""Settings of the terminal in a whole room: read when somebody looks, followed, changed, and confirmed or not."""

from collections.abc import Mapping
from typing import Any

import pytest
import trio
from trio.testing import MockClock, wait_all_tasks_blocked

from appliance.maintain.settings import Change, TooMany
from appliance.programs.actions import BURST
from appliance.room.actions import parse
from appliance.room.inputs import Touched
from appliance.room.parts.link import LinkPhase
from appliance.room.settings.rows import NO_PICTURE, NOT_TOLD, ONLY_ADMINISTRATOR, ONLY_LOGGED_IN, Row
from appliance.room.settings.setting import Kind, Value
from appliance.room.settings.table import SETTINGS
from appliance.room.texts import NO_ANSWER
from appliance.services.settings.service import LOST, NOT_SO, UNDER_WAY, _Changing
from appliance.simulator.model.common.errors import Refused
from appliance.simulator.option_types import Generation
from appliance.terminal.loss import Cause, Loss
from appliance.terminal.messages.hardware import HardwareChanged
from appliance.terminal.reports import LinkDown, Report
from tests.e2e.world import PATIENCE, World, a_room
from tests.virtual_time import passes

NEWER_ONES = {"noise_suppression", "background_blur", "background_picture"}


async def looked(world: World) -> dict[str, Row]:
    """The settings by name, once somebody has looked."""
    await world.appliance.parts.settings.read(afresh=True)
    return known(world)


def known(world: World) -> dict[str, Row]:
    return {row.setting.name: row for row in world.appliance.parts.settings.seen().rows}


async def change(world: World, within: float = 20.0, **wanted: Any) -> Mapping[str, Change]:
    return await world.appliance.parts.settings.change(wanted, "anna", "session", within)


async def became(world: World, within: float = 20.0, **wanted: Any) -> tuple[str, str]:
    """What became of one change, and why."""
    (one,) = (await change(world, within, **wanted)).values()
    return one.became, str(one.text)


async def until_known(world: World, name: str, value: Value) -> None:
    reading = world.appliance.parts.settings._here.reading  # what it follows
    with trio.fail_after(PATIENCE):
        await reading.until(name, value, PATIENCE)


def another(row: Row) -> Any:
    """Another value that a setting may have."""
    if isinstance(row.value, bool):
        return not row.value
    if row.setting.kind is Kind.LEVEL:
        return 33 if row.value != 33 else 34
    return next(each.value for each in row.options if each.value != row.value)


async def test_nothing_is_asked_while_nobody_looks() -> None:
    async with a_room() as world:
        world.forget_sent()
        with world.simulator.changing() as terminal:
            terminal.settings.change({"aecEnable": False}, logged_in=True)
        await world.until_terminal(lambda terminal: not terminal.outbox)
        assert world.sent() == []
        assert all(row.value is None for row in known(world).values())


async def test_everything_is_read_once_for_all_who_look() -> None:
    async with a_room() as world:
        world.forget_sent()
        async with trio.open_nursery() as nursery:
            for _ in range(3):
                nursery.start_soon(looked, world)
        methods = [command["method"] for command in world.sent()]
        assert sorted(methods) == sorted(set(methods))
        assert {"getSettings", "getHardware", "getAppSndDev", "getHttpServerState"} <= set(methods)
        assert world.asked() == []
        assert known(world)["language"].value == "en"


@pytest.mark.generations(Generation.OLD, Generation.NEW)
async def test_what_a_generation_does_not_have_is_left_out_and_not_asked_for() -> None:
    async with a_room() as world:
        world.forget_sent()
        found = set(await looked(world))
        asked = {command["method"] for command in world.sent()}
        newer = world.simulator.terminal.options.generation is Generation.NEW
        assert found == {each.name for each in SETTINGS} - (set() if newer else NEWER_ONES)
        assert ("getBlur" in asked) is newer


async def test_every_setting_is_changed_and_confirmed() -> None:
    async with a_room() as world:
        for name, row in (await looked(world)).items():
            if row.why:
                assert (name, row.why) == ("background_picture", NO_PICTURE)
                continue
            wanted = another(row)
            assert (name, await became(world, **{name: wanted})) == (name, ("confirmed", ""))
            assert known(world)[name].value == wanted
        values = world.simulator.terminal.settings.values
        assert (values["autoAccept"], values["language"], values["record"]) == (True, "es", 0)
        assert values["audioPlayLevel"] == pytest.approx(0.33)
        assert world.appliance.parts.settings.seen().changes == {}


async def test_the_terminal_is_followed_once_it_was_read() -> None:
    async with a_room() as world:
        assert (await looked(world))["auto_answer"].value is False
        world.forget_sent()
        with world.simulator.changing() as terminal:
            terminal.settings.change({"autoAccept": True}, logged_in=True)
        await until_known(world, "auto_answer", True)
        assert world.sent() == []


async def test_who_asked_is_in_the_audit() -> None:
    async with a_room() as world:
        await looked(world)
        assert await became(
            world,
            auto_answer=True,
        ) == ("confirmed", "")
        (entry,) = world.appliance.parts.audit.last(1)
        assert (entry.who, entry.by, entry.what, entry.about) == (
            "anna",
            "session",
            "terminal_setting",
            "auto_answer: On",
        )


async def test_what_is_so_already_is_confirmed() -> None:
    async with a_room() as world:
        level = (await looked(world))["loudspeaker_level"].value
        assert await became(world, echo_cancellation=True) == ("confirmed", "")
        assert await became(world, loudspeaker_level=level) == ("confirmed", "")


async def test_the_words_of_a_refusal_are_kept_until_the_next_change(monkeypatch: pytest.MonkeyPatch) -> None:
    async with a_room() as world:
        await looked(world)

        def refuse(_wanted: dict[str, Any], *, logged_in: bool) -> None:
            raise Refused(f"only on {logged_in} holidays")

        with monkeypatch.context() as patched:
            patched.setattr(world.simulator.terminal.settings, "change", refuse)
            assert await became(world, auto_answer=True) == ("refused", "The terminal refused: only on True holidays")
        assert world.appliance.parts.settings.seen().changes["auto_answer"].became == "refused"
        assert known(world)["auto_answer"].value is False
        assert await became(world, auto_answer=True) == ("confirmed", "")
        assert world.appliance.parts.settings.seen().changes == {}


async def test_a_slow_terminal_has_only_been_asked_until_it_confirms(autojump_clock: MockClock) -> None:
    async with a_room() as world:
        await looked(world)
        world.simulator.stall(3)
        assert await became(world, 1.0, auto_answer=True) == ("asked", "")
        assert known(world)["auto_answer"].value is False
        assert await became(world, auto_answer=False) == ("refused", str(UNDER_WAY))
        await until_known(world, "auto_answer", True)
        await wait_all_tasks_blocked()
        assert world.appliance.parts.settings.seen().changes == {}
        assert world.asked().count("setSettings") == 1


async def test_a_link_that_is_lost_meanwhile_leaves_it_open_and_sends_nothing_again(autojump_clock: MockClock) -> None:
    async with a_room() as world:
        await looked(world)
        world.simulator.stall(60)
        assert await became(world, 0.5, auto_answer=True) == ("asked", "")
        world.simulator.restart()
        await world.until(lambda state: state.link.phase is not LinkPhase.UP)
        seen = world.appliance.parts.settings.seen()
        assert (seen.changes["auto_answer"].became, seen.changes["auto_answer"].text) == ("unconfirmed", LOST)
        assert (seen.rows, bool(seen.why)) == ((), True)
        world.forget_sent()
        await world.until(lambda state: state.link.phase is LinkPhase.UP)
        await looked(world)
        assert world.asked() == []


async def test_another_client_that_sets_it_last_wins(
    autojump_clock: MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_room() as world:
        await looked(world)
        settings = world.simulator.terminal.settings
        change_it = settings.change

        def both(_ours: dict[str, Any], *, logged_in: bool) -> None:
            change_it({"language": "pl"}, logged_in=logged_in)

        with monkeypatch.context() as patched:
            patched.setattr(settings, "change", both)
            assert await became(world, language="ru") == ("unconfirmed", str(NOT_SO))
        assert known(world)["language"].value == "pl"


async def test_a_terminal_that_accepts_and_does_not_do_it_is_asked_what_is_so(
    autojump_clock: MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_room() as world:
        await looked(world)
        monkeypatch.setattr(world.simulator.terminal.settings, "change", lambda _wanted, **_logged_in: None)
        world.forget_sent()
        assert await became(world, language="ru") == ("unconfirmed", str(NOT_SO))
        assert [command["method"] for command in world.sent()] == ["setSettings", "getSettings"]
        assert world.appliance.parts.settings.seen().changes["language"].became == "unconfirmed"


async def test_what_is_told_after_all_needs_no_words_any_more(
    autojump_clock: MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_room() as world:
        await looked(world)
        with monkeypatch.context() as patched:
            patched.setattr(world.simulator.terminal.settings, "change", lambda _wanted, **_logged_in: None)
            assert await became(world, language="ru") == ("unconfirmed", str(NOT_SO))
        with world.simulator.changing() as terminal:
            terminal.settings.change({"language": "ru"}, logged_in=True)
        await until_known(world, "language", "ru")
        assert world.appliance.parts.settings.seen().changes == {}


async def test_a_user_is_told_that_an_administrator_may() -> None:
    async with a_room(terminal='role = "user"') as world:
        world.forget_sent()
        assert (await looked(world))["http_server"].why == ONLY_ADMINISTRATOR
        assert await became(world, http_server=False) == ("refused", str(ONLY_ADMINISTRATOR))
        assert not {"getHttpServerState", "stopHttpServer"} & {command["method"] for command in world.sent()}
        assert await became(world, auto_answer=True) == ("confirmed", "")


async def test_without_a_link_nothing_is_asked_and_it_says_so() -> None:
    async with a_room() as world:
        world.simulator.restart()
        await world.until(lambda state: state.link.phase is LinkPhase.DOWN)
        outcome, why = await became(world, auto_answer=True)
        assert (outcome, bool(why)) == ("refused", True)


async def test_a_terminal_that_does_not_answer_is_waited_for_and_then_said_to_be_silent(
    autojump_clock: MockClock,
) -> None:
    async with a_room() as world:
        world.simulator.stall(8)
        began = trio.current_time()
        found = await looked(world)
        assert trio.current_time() - began < 10  # as long as a page has patience
        assert {row.why for row in found.values()} == {NO_ANSWER}
        await passes(4)  # more than a reading counts
        world.forget_sent()
        await world.appliance.parts.settings.read(afresh=False)
        assert world.sent() == []  # a page that stays open does not ask again and again
        await passes(10)
        assert (await looked(world))["language"].value == "en"


async def test_a_link_that_is_lost_before_it_is_confirmed_is_said_at_once(
    autojump_clock: MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_room() as world:
        await looked(world)
        monkeypatch.setattr(world.simulator.terminal.settings, "change", lambda _wanted, **_logged_in: None)
        assert await became(world, 0.5, language="ru") == ("asked", "")
        lost = trio.current_time()
        world.simulator.restart()
        with trio.fail_after(PATIENCE):
            while world.appliance.parts.settings.seen().changes["language"].became == "asked":
                await passes(0.1)
        assert world.appliance.parts.settings.seen().changes["language"].text == LOST
        assert trio.current_time() - lost < 1  # and not after the two seconds in which it may be confirmed


async def test_in_a_locked_room_nothing_is_set() -> None:
    async with a_room(room='lock_pin = "4711"') as world:
        await looked(world)
        world.appliance.parts.controller.put(Touched(parse("lock")))
        assert world.state.locked is not None
        world.forget_sent()
        outcome, why = await became(world, auto_answer=True)
        assert (outcome, "locked" in why.lower()) == ("refused", True)
        assert world.asked() == []


async def test_who_logs_in_has_settings_of_their_own() -> None:
    async with a_room() as world:
        await looked(world)
        with world.simulator.changing() as terminal:
            terminal.uplink.log_out()
        await world.until(lambda state: state.me is None)
        assert known(world)["auto_answer"].why == NOT_TOLD
        await world.appliance.parts.settings.read(afresh=False)
        assert known(world)["auto_answer"].why == ONLY_LOGGED_IN
        with world.simulator.changing() as terminal:
            terminal.uplink.log_in(terminal.options.room_id, terminal.options.server_password)
        await world.until(lambda state: state.me is not None)
        await world.appliance.parts.settings.read(afresh=False)
        assert known(world)["auto_answer"].value is False


async def test_a_flood_is_stopped() -> None:
    async with a_room() as world:
        await looked(world)
        for number in range(50):
            await change(world, loudspeaker_level=number)
        with pytest.raises(TooMany):
            await change(world, loudspeaker_level=60)


async def test_a_flood_in_few_wishes_is_stopped_as_well() -> None:
    async with a_room() as world:
        await looked(world)
        await change(world, 0, **{f"unknown_{number}": True for number in range(BURST - 1)})
        with pytest.raises(TooMany):
            await change(world, echo_cancellation=False, auto_answer=True)
        assert await became(world, auto_answer=True) == ("confirmed", "")
        with pytest.raises(TooMany):
            await change(world, auto_answer=False)


@pytest.mark.parametrize("report", [HardwareChanged(), LinkDown(Loss(Cause.BROKE), "gone")])
async def test_what_is_told_before_a_change_is_sent_costs_no_other_change(
    monkeypatch: pytest.MonkeyPatch, report: Report
) -> None:
    async with a_room() as world:
        row, settings = (await looked(world))["camera"], world.appliance.parts.settings
        with monkeypatch.context() as once:  # in the moment in which it has been taken, and nothing was sent
            once.setattr(settings, "_changed", lambda: settings.hear(report))
            change = settings._begun("camera", another(row), "anna", "session")
        assert isinstance(change, _Changing)
        with trio.fail_after(PATIENCE):
            await change.over.wait()
        assert change.change.became != "asked"
        await looked(world)
        assert await became(world, auto_answer=True) == ("confirmed", "")


async def test_what_room_toml_decides_too_is_said() -> None:
    room = 'language = "auto"\nvolume_min = 10\nvolume_max = 90\n'
    room += "[automations]\nrestore_volume = 40\n[automations.auto_answer]\n"
    async with a_room(room=room) as world:
        found = await looked(world)
        assert "`restore_volume`" in str(found["loudspeaker_level"].remark)
        assert (found["loudspeaker_level"].least, found["loudspeaker_level"].most) == (10, 90)
        assert "`auto_answer`" in str(found["auto_answer"].remark)
        assert "Display and pages follow it" in str(found["language"].remark)
        assert "the box refuses" in str(found["camera_control"].remark)
