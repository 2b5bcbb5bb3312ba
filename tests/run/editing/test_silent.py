"""A helper that was asked for a change and says nothing: nobody knows whether it was done, and that is said."""

from pathlib import Path

import pytest
import trio
from trio.testing import MockClock

from appliance.deputy.requests import Configure, Keep, Read, Return, line_of
from appliance.language.catalogue import ENGLISH
from appliance.maintain.editing import Change, Draft, NotChanged, Unknown
from appliance.run.editing.truth import WITHIN
from tests.run.editing.boxes import ANNA, TEXT, Box
from tests.run.editing.silence import silenced

MINUTE = 60.0  # seconds of a trial


async def triton(one: Box) -> Draft:
    source = await one.editor.source(ENGLISH)
    return Draft(source.mark, source.text, (Change(("room", "name"), "Triton"),))


async def test_taken_without_an_answer_is_unknown_and_can_be_kept(tmp_path: Path, mock_clock: MockClock) -> None:
    async with silenced(tmp_path) as (one, between):
        one.link(up=False)
        made, between.cut = await triton(one), (Configure,)
        with pytest.raises(Unknown, match="not known whether"):
            await one.editor.apply(made, ANNA, ENGLISH)
        assert "Triton" in one.text
        assert one.audit == [("anna", "configuration_apply"), ("anna", "configuration_unknown")]
        again = one.restarted()
        assert (await again.source(ENGLISH)).may_keep  # there was no link before it either, which is remembered
        await again.keep(ANNA)
        assert (await again.versions())[0].who == "anna"


async def test_silent_past_its_time_is_unknown_and_looking_ends_nothing(tmp_path: Path, mock_clock: MockClock) -> None:
    async with silenced(tmp_path) as (one, between):
        one.link(up=False)
        made, between.stopped = await triton(one), (Configure,)
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_unknown, one, made)
            await between.waits.wait()
            mock_clock.jump(WITHIN)
        assert one.text == TEXT
        assert (await one.editor.source(ENGLISH)).trial is None
        assert one.audit[-1] == ("anna", "configuration_unknown")  # and not that it returned
        between.stopped = ()
        await between.asked(_line(made))  # the helper comes to it after all
        assert (await one.editor.source(ENGLISH)).may_keep


async def _unknown(one: Box, made: Draft) -> None:
    with pytest.raises(Unknown):
        await one.editor.apply(made, ANNA, ENGLISH)


def _line(made: Draft) -> bytes:
    return line_of(Configure(made.text.replace("Neptune", "Triton"), made.mark, "anna"))


async def test_what_was_unknown_and_is_seen_on_trial_is_noted_when_it_returns(
    tmp_path: Path, mock_clock: MockClock
) -> None:
    async with silenced(tmp_path) as (one, between):
        made, between.cut = await triton(one), (Configure,)
        await _unknown(one, made)
        assert (await one.editor.source(ENGLISH)).trial == MINUTE
        mock_clock.jump(MINUTE)
        await one.reloaded(2)
        assert (await one.editor.source(ENGLISH)).trial is None
        assert one.audit[-1] == ("offhook", "configuration_returned")


async def test_taken_and_not_seen_afterwards_is_not_called_refused(tmp_path: Path, mock_clock: MockClock) -> None:
    async with silenced(tmp_path) as (one, between):
        made = await triton(one)
        between.after = {Configure: (Read,)}
        with pytest.raises(Unknown):
            await one.editor.apply(made, ANNA, ENGLISH)
        assert "Triton" in one.text


async def test_kept_without_an_answer_is_unknown_and_no_return_is_noted(tmp_path: Path, mock_clock: MockClock) -> None:
    async with silenced(tmp_path) as (one, between):
        await one.editor.apply(await triton(one), ANNA, ENGLISH)
        between.cut = (Keep,)
        with pytest.raises(Unknown):
            await one.editor.keep(ANNA)
        assert (await one.editor.source(ENGLISH)).trial is None
        assert "Triton" in one.text
        assert [what for _, what in one.audit] == ["configuration_apply", "configuration_unknown"]


async def test_kept_is_a_version_also_where_nobody_can_look_afterwards(tmp_path: Path, mock_clock: MockClock) -> None:
    async with silenced(tmp_path) as (one, between):
        await one.editor.apply(await triton(one), ANNA, ENGLISH)
        between.after = {Keep: (Read,)}
        await one.editor.keep(ANNA)
        assert "Triton" in (await one.editor.versions())[0].text
        assert one.audit[-1] == ("anna", "configuration_keep")


async def test_taken_back_without_an_answer_is_unknown(tmp_path: Path, mock_clock: MockClock) -> None:
    async with silenced(tmp_path) as (one, between):
        await one.editor.apply(await triton(one), ANNA, ENGLISH)
        between.cut = (Return,)
        with pytest.raises(Unknown):
            await one.editor.back(ANNA)
        assert one.audit[-1] == ("anna", "configuration_unknown")


async def test_what_was_never_asked_is_refused(tmp_path: Path, mock_clock: MockClock) -> None:
    async with silenced(tmp_path) as (one, between):
        made, between.cut = await triton(one), (Read,)
        with pytest.raises(NotChanged):
            await one.editor.apply(made, ANNA, ENGLISH)
        assert (one.text, one.audit) == (TEXT, [])
