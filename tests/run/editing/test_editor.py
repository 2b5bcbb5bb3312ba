"""The configuration changed by two maintainers, with a real deputy behind: what is in force, kept, and told."""

import threading
from pathlib import Path

import pytest
import trio
from trio.testing import MockClock, wait_all_tasks_blocked

from appliance.language.catalogue import ENGLISH
from appliance.maintain.editing import Change, Conflict, Draft, Mistaken, NotChanged, Somebody
from appliance.run.editing import editor
from appliance.run.editing.editor import WAITING
from tests.run.editing.boxes import ANNA, JOHN, TEXT, Box, box
from tests.some import some

MINUTE = 60.0  # seconds of a trial


@pytest.fixture
def clock(mock_clock: MockClock) -> MockClock:
    """Time stands still, whatever threads do, until a test lets it pass."""
    return mock_clock


async def draft(of: Box, *changes: Change, secrets: tuple[Change, ...] = ()) -> Draft:
    source = await of.editor.source(ENGLISH)
    return Draft(source.mark, source.text, changes, secrets)


def named(name: str) -> Change:
    return Change(("room", "name"), name)


async def test_a_secret_is_not_shown_and_stays_as_it_is(tmp_path: Path, clock: MockClock) -> None:
    async with box(tmp_path) as one:
        source = await one.editor.source(ENGLISH)
        assert 'pin = "(kept)"' in source.text
        assert (source.refused, source.trial) == ("", None)
        seconds = await one.editor.apply(await draft(one, named("Triton")), ANNA, ENGLISH)
        assert seconds == MINUTE
        assert one.text == TEXT.replace("Neptune", "Triton")
        assert one.reloads == 1


async def test_another_secret_takes_its_place_and_becomes_part_of_no_answer(tmp_path: Path, clock: MockClock) -> None:
    async with box(tmp_path) as one:
        made = await draft(one, secrets=(Change(("terminal", "pin"), "NEW1-secret"),))
        found = await one.editor.look(made, ENGLISH)
        assert "NEW1" not in repr(found) + repr(made)
        assert some(found.effect).restart == ("[terminal]",)
        await one.editor.apply(made, ANNA, ENGLISH)
        assert 'pin = "NEW1-secret"' in one.text
        assert "NEW1" not in (await one.editor.source(ENGLISH)).text


async def test_what_would_change_is_told_and_nothing_changes_by_that(tmp_path: Path, clock: MockClock) -> None:
    async with box(tmp_path) as one:
        changes = [Change(("buttons", "call"), how="remove"), Change(("keypads", "keypad"), how="add")]
        found = await one.editor.look(await draft(one, *changes), ENGLISH)
        effect = some(found.effect)
        assert ("button call" in effect.removed, "keypad" in effect.added) == (True, True)
        assert effect.restart == ()
        assert "-[buttons.call]\n" in found.difference
        assert "# on the door" in found.text
        assert one.text == TEXT


BROKER = '[mqtt]\nhost = "127.0.0.1"\nsite = "hq"\nroom = "neptune"\nuser = "box"\npassword = "FA6-other"\n'


async def test_one_secret_that_is_changed_is_told_as_no_change_of_another(tmp_path: Path, clock: MockClock) -> None:
    async with box(tmp_path, BROKER + TEXT) as one:
        gone = await draft(one, Change(("mqtt",), how="remove"))
        other = await draft(one, secrets=(Change(("mqtt", "password"), "another"),))
        effects = [some((await one.editor.look(made, ENGLISH)).effect) for made in (gone, other)]
        assert [(each.removed, each.replaced, each.restart) for each in effects] == [
            (("mqtt",), (), ()),
            ((), ("mqtt",), ()),
        ]


async def test_a_mistake_is_told_with_its_line_and_nothing_is_applied(tmp_path: Path, clock: MockClock) -> None:
    async with box(tmp_path) as one:
        made = await draft(one, Change(("buttons", "call", "pin"), 99))
        found = await one.editor.look(made, ENGLISH)
        assert [(each.line, each.key) for each in found.mistakes] == [(7, "buttons.call.pin")]
        assert found.effect is None
        with pytest.raises(Mistaken) as refused:
            await one.editor.apply(made, ANNA, ENGLISH)
        assert refused.value.mistakes == found.mistakes
        assert (one.text, one.reloads, one.audit) == (TEXT, 0, [])


async def test_a_file_that_it_names_and_that_is_not_there_is_a_mistake(tmp_path: Path, clock: MockClock) -> None:
    """The deputy, which is root, looks at none: the firmware does, as it is to read it."""
    async with box(tmp_path) as one:
        made = await draft(one)
        text = made.text.replace('pin = "(kept)"', f'pin_file = "{tmp_path}/none"')
        with pytest.raises(Mistaken) as refused:
            await one.editor.apply(Draft(made.mark, text), ANNA, ENGLISH)
        assert [each.key for each in refused.value.mistakes] == ["terminal.pin_file"]


async def test_it_is_kept_and_both_are_versions(tmp_path: Path, clock: MockClock) -> None:
    async with box(tmp_path) as one:
        await one.editor.apply(await draft(one, named("Triton")), ANNA, ENGLISH)
        await one.editor.keep(JOHN)
        clock.jump(2 * MINUTE)
        assert (await one.editor.source(ENGLISH)).trial is None
        assert "Triton" in one.text
        newest, found = await one.restarted().versions()
        assert ("Triton" in newest.text, newest.who) == (True, "anna")
        assert ("Neptune" in found.text, found.who) == (True, "")
        assert "FA6" not in newest.text + found.text
        differences = await one.editor.compared()
        assert differences[newest.number] == ""
        assert '+name = "Neptune" # on the door\n' in differences[found.number]
        assert one.audit == [("anna", "configuration_apply"), ("john", "configuration_keep")]


async def test_nobody_keeps_it_and_the_former_one_returns(tmp_path: Path, clock: MockClock) -> None:
    async with box(tmp_path) as one:
        await one.editor.apply(await draft(one, named("Triton")), ANNA, ENGLISH)
        await wait_all_tasks_blocked()
        clock.jump(MINUTE)
        await one.reloaded(2)
        assert one.text == TEXT
        assert (await one.editor.source(ENGLISH)).trial is None
        assert one.audit[-1] == ("offhook", "configuration_returned")
        with pytest.raises(NotChanged):
            await one.editor.keep(ANNA)
        assert await one.editor.versions() == (await one.restarted().versions())
        assert ["Neptune" in each.text for each in await one.editor.versions()] == [True]


async def test_each_trial_has_its_own_minute(tmp_path: Path, clock: MockClock) -> None:
    async with box(tmp_path) as one:
        for number in range(20):
            await one.editor.apply(await draft(one, named(f"Triton {number}")), ANNA, ENGLISH)
            await one.editor.keep(ANNA)
        await wait_all_tasks_blocked()
        clock.jump(MINUTE / 2)
        await one.editor.apply(await draft(one, named("Pluto")), ANNA, ENGLISH)
        await wait_all_tasks_blocked()
        clock.jump(MINUTE / 2)
        await wait_all_tasks_blocked()
        assert "Pluto" in one.text
        clock.jump(MINUTE / 2)
        await one.reloaded(22)
        assert "Triton 19" in one.text


async def test_it_is_taken_back_at_once(tmp_path: Path, clock: MockClock) -> None:
    async with box(tmp_path) as one:
        await one.editor.apply(await draft(one, named("Triton")), ANNA, ENGLISH)
        await one.editor.back(ANNA)
        assert (one.text, one.reloads) == (TEXT, 2)
        assert (await one.editor.source(ENGLISH)).trial is None
        assert one.audit[-1] == ("anna", "configuration_return")


async def test_without_the_link_that_was_there_it_cannot_be_kept(tmp_path: Path, clock: MockClock) -> None:
    async with box(tmp_path) as one:
        await one.editor.apply(await draft(one, named("Triton")), ANNA, ENGLISH)
        one.link(up=False)
        source = await one.editor.source(ENGLISH)
        assert (source.may_keep, "link to the terminal is gone" in source.why) == (False, True)
        with pytest.raises(NotChanged, match="link to the terminal is gone"):
            await one.editor.keep(ANNA)
        with pytest.raises(NotChanged, match="link to the terminal is gone"):
            await one.restarted().keep(ANNA)
        one.link(up=True)
        assert (await one.editor.source(ENGLISH)).may_keep
        await one.editor.keep(ANNA)


async def test_without_a_link_before_it_can_be_kept_after_a_restart_too(tmp_path: Path, clock: MockClock) -> None:
    async with box(tmp_path) as one:
        one.link(up=False)
        await one.editor.apply(await draft(one, named("Triton")), ANNA, ENGLISH)
        again = one.restarted()
        assert (await again.source(ENGLISH)).may_keep
        await again.keep(ANNA)
        assert (await again.versions())[0].who == "anna"


async def test_the_second_of_two_sees_what_the_first_has_done(tmp_path: Path, clock: MockClock) -> None:
    async with box(tmp_path) as one:
        his = await draft(one, named("Pluto"))
        await one.editor.apply(await draft(one, named("Triton")), ANNA, ENGLISH)
        with pytest.raises(NotChanged):
            await one.editor.apply(his, JOHN, ENGLISH)  # hers is on trial
        assert (await one.editor.source(ENGLISH)).may_keep  # which his try has not made another's
        await one.editor.keep(ANNA)
        with pytest.raises(Conflict) as conflict:
            await one.editor.apply(his, JOHN, ENGLISH)
        assert '-name = "Pluto" # on the door\n+name = "Triton" # on the door\n' in conflict.value.difference
        assert "FA6" not in conflict.value.difference
        assert "Triton" in one.text
        await one.editor.apply(Draft(conflict.value.mark, his.text, his.changes), JOHN, ENGLISH)
        assert "Pluto" in one.text
        assert (await one.editor.versions())[0].who == "anna"


async def test_whoever_looks_while_it_is_kept_takes_it_for_no_return(tmp_path: Path, clock: MockClock) -> None:
    async with box(tmp_path) as one:
        await one.editor.apply(await draft(one, named("Triton")), ANNA, ENGLISH)
        async with trio.open_nursery() as nursery:
            nursery.start_soon(one.editor.keep, ANNA)
            while not nursery.child_tasks or (await one.editor.source(ENGLISH)).trial is not None:
                pass
        assert [what for _, what in one.audit] == ["configuration_apply", "configuration_keep"]


async def test_two_deeds_at_once_are_one(tmp_path: Path, clock: MockClock) -> None:
    async with box(tmp_path) as one:
        refused = list[str]()

        async def apply(made: Draft, who: Somebody) -> None:
            try:
                await one.editor.apply(made, who, ENGLISH)
            except NotChanged as error:
                refused.append(f"{who.name}: {error}")

        hers, his = await draft(one, named("Triton")), await draft(one, named("Pluto"))
        async with trio.open_nursery() as nursery:
            nursery.start_soon(apply, hers, ANNA)
            nursery.start_soon(apply, his, JOHN)
        (why,) = refused
        assert "try again" in why
        assert ("Triton" if why.startswith("john") else "Pluto") in one.text


async def test_what_is_done_is_not_called_busy_because_others_look(
    tmp_path: Path, clock: MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = threading.Event()
    monkeypatch.setattr(editor, "looked", lambda *_args: seen.wait())
    async with box(tmp_path) as one:
        made, full = await draft(one), trio.Event()

        async def look() -> None:
            try:
                await one.editor.look(made, ENGLISH)
            except NotChanged:
                full.set()

        async with trio.open_nursery() as nursery:
            try:
                for _ in range(WAITING + 3):  # one is looked at, WAITING + 1 wait
                    nursery.start_soon(look)
                await full.wait()
                nursery.start_soon(one.editor.back, ANNA)
                while not one.audit:
                    await trio.lowlevel.checkpoint()
                await wait_all_tasks_blocked()
            finally:
                seen.set()
        assert one.audit == [("anna", "configuration_return")]


async def test_what_says_the_same_is_not_on_trial(tmp_path: Path, clock: MockClock) -> None:
    async with box(tmp_path) as one:
        assert await one.editor.apply(await draft(one), ANNA, ENGLISH) == 0
        assert (await one.editor.source(ENGLISH)).trial is None
        assert "configuration_returned" not in [what for _, what in one.audit]


async def test_without_a_deputy_it_can_be_read_and_looked_at(tmp_path: Path, clock: MockClock) -> None:
    one = Box(tmp_path)
    source = await one.editor.source(ENGLISH)
    assert ('pin = "(kept)"' in source.text, source.mark, source.trial) == (True, "", None)
    assert source.refused != ""
    found = await one.editor.look(Draft("", source.text), ENGLISH)
    assert (found.mistakes, found.difference) == ((), "")
    with pytest.raises(NotChanged):
        await one.editor.apply(Draft("", source.text), ANNA, ENGLISH)
    assert await one.editor.compared() == {}


async def test_a_box_of_a_fleet_says_why_it_takes_no_change(tmp_path: Path, clock: MockClock) -> None:
    text = (
        TEXT
        + '[fleet]\nurl = "https://rooms.example.com"\nsigners = ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDqHxY7Y"]\n'
    )
    async with box(tmp_path) as one:
        one.file.write_text(text)
        assert (await one.editor.source(ENGLISH)).refused != ""
        with pytest.raises(NotChanged):
            await one.editor.apply(await draft(one), ANNA, ENGLISH)


async def test_a_form_cannot_change_what_is_written_in_another_way(tmp_path: Path, clock: MockClock) -> None:
    text = TEXT.replace(
        '[buttons.call]\npin = 17\npress = "call"\n', 'buttons = { call = { pin = 17, press = "call" } }\n'
    )
    text = text.replace("[room]", "", 1)
    async with box(tmp_path, _first(text)) as one:
        with pytest.raises(NotChanged, match="text"):
            await one.editor.look(await draft(one, Change(("buttons", "call", "pin"), 22)), ENGLISH)


def _first(text: str) -> str:
    """Keys without a table come first."""
    lines = text.splitlines(keepends=True)
    inline = [line for line in lines if line.startswith("buttons")]
    return "".join([*inline, "[room]\n", *(line for line in lines if line not in inline)])
