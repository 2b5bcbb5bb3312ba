"""`offhook remote HOST configuration`: a process, against the server itself and a real deputy."""

import functools
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import trio
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from appliance.cli.remote.reach import TOKEN
from appliance.language.catalogue import Language
from appliance.maintain.editing import Draft, Somebody
from tests.api.test_configuring import app
from tests.cli.processes import offhook
from tests.run.editing.boxes import TEXT, Box, box
from tests.runtime.web.serving import Serve, serve

__all__ = ["serve"]  # a fixture

MAINTAIN = {TOKEN: "maintain"}


@pytest.fixture
async def one(tmp_path: Path) -> AsyncIterator[Box]:
    async with box(tmp_path / "box") as made:
        yield made


@pytest.fixture
async def away(one: Box, serve: Serve) -> str:
    host, port = await serve(app(one))
    return f"{host}:{port}"


async def configuration(away: str, *arguments: str | Path) -> tuple[int, str, str]:
    asked = ("remote", away, "configuration", *arguments)
    return await trio.to_thread.run_sync(functools.partial(offhook, *asked, env=MAINTAIN))


def written(folder: Path, text: str) -> Path:
    path = folder / "new.toml"
    path.write_text(text)
    return path


async def test_it_is_shown_changed_kept_and_listed(one: Box, away: str, tmp_path: Path) -> None:
    code, shown, _ = await configuration(away, "show")
    assert (code, shown) == (0, TEXT.replace("FA6-secret", "(kept)"))
    file = written(tmp_path, shown.replace("Neptune", "Triton"))
    code, out, _ = await configuration(away, "apply", file)
    assert (code, out) == (0, "on trial for 60 s\n")
    assert (await configuration(away, "keep"))[:2] == (0, "in force: new\n")
    assert one.text == TEXT.replace("Neptune", "Triton")
    code, out, _ = await configuration(away, "versions")
    assert [line.split()[0] for line in out.splitlines()] == ["NUMBER", "2", "1"]
    file = written(tmp_path, shown)
    assert (await configuration(away, "apply", file, "--keep"))[:2] == (0, "kept\n")
    assert one.text == TEXT


async def test_what_cannot_be_kept_says_also_how_the_box_is(
    one: Box, away: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    applies = one.editor.apply

    async def and_the_link_goes(draft: Draft, who: Somebody, language: Language) -> float:
        seconds = await applies(draft, who, language)
        one.link(up=False)
        return seconds

    monkeypatch.setattr(one.editor, "apply", and_the_link_goes)
    file = written(tmp_path, TEXT.replace("Neptune", "Triton"))
    code, out, err = await configuration(away, "apply", file, "--keep")
    assert (code, out) == (1, "")
    assert "the link to the terminal is gone" in err
    state = r"on trial: the former one returns in [3-6]\d s unless this one is kept\n$"
    assert re.search(state, err), err
    code, out, err = await configuration(away, "keep")
    assert (code, out, bool(re.search(state, err))) == (1, "", True)
    one.link(up=True)
    assert (await configuration(away, "keep"))[:2] == (0, "in force: new\n")


async def test_where_nothing_is_on_trial_it_says_so(one: Box, away: str) -> None:
    code, _, err = await configuration(away, "keep")
    assert (code, err.endswith("\nnothing is on trial\n")) == (1, True)
    assert one.text == TEXT


async def test_a_change_beside_one_on_trial_says_when_that_ends(away: str, tmp_path: Path) -> None:
    await configuration(away, "apply", written(tmp_path, TEXT.replace("Neptune", "Triton")))
    code, _, err = await configuration(away, "apply", written(tmp_path, TEXT.replace("Neptune", "Pluto")))
    assert (code, "on trial: the former one returns in" in err) == (1, True)


async def test_a_box_that_answers_no_more_when_it_is_to_be_kept(one: Box, tmp_path: Path, serve: Serve) -> None:
    """As where the new configuration has cut it off: what it said last is what is known."""
    gone = app(one)

    async def until_it_is_kept(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].endswith(("/keep", "/file")) and "Triton" in one.text:
            await Response(status_code=503)(scope, receive, send)
        else:
            await gone(scope, receive, send)

    host, port = await serve(until_it_is_kept)
    file = written(tmp_path, TEXT.replace("Neptune", "Triton"))
    code, out, err = await configuration(f"{host}:{port}", "apply", file, "--keep")
    assert (code, out) == (1, "")
    assert "the former one returns within 60 s unless this one was kept" in err


async def test_it_is_taken_back(one: Box, away: str, tmp_path: Path) -> None:
    await configuration(away, "apply", written(tmp_path, TEXT.replace("Neptune", "Triton")))
    assert "Triton" in one.text
    assert (await configuration(away, "return"))[:2] == (0, "in force: former\n")
    assert one.text == TEXT


async def test_mistakes_and_a_difference_are_printed(one: Box, away: str, tmp_path: Path) -> None:
    code, out, err = await configuration(away, "apply", written(tmp_path, TEXT.replace("pin = 17", "pin = 99")))
    assert code == 1
    assert "7: buttons.call.pin: " in out + err
    mark = json.loads((await configuration(away, "show", "--json"))[1])["mark"]
    one.file.write_text(TEXT.replace("Neptune", "Pluto"))
    file = written(tmp_path, TEXT.replace("Neptune", "Triton"))
    code, out, err = await configuration(away, "apply", file, "--mark", mark)
    assert code == 1
    assert '+name = "Pluto" # on the door' in out + err
    assert one.text == TEXT.replace("Neptune", "Pluto")


async def test_what_is_in_force_already_is_neither_on_trial_nor_a_mistake(away: str, tmp_path: Path) -> None:
    file = written(tmp_path, (await configuration(away, "show"))[1])
    for more in ((), ("--keep",)):
        assert (await configuration(away, "apply", file, *more))[:2] == (0, "nothing differs\n")


async def test_a_file_that_is_no_text_is_not_sent(one: Box, away: str, tmp_path: Path) -> None:
    file = written(tmp_path, TEXT)
    file.write_bytes(b"[room]\nname = '\xff'\n")
    code, _, err = await configuration(away, "apply", file)
    assert (code, one.text) == (2, TEXT)
    assert f"{file}:2: " in err.replace("\n", "")
    assert "Traceback" not in err


async def test_the_mark_that_an_editor_puts_in_front_is_none_of_the_text(one: Box, away: str, tmp_path: Path) -> None:
    file = written(tmp_path, TEXT)
    file.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("Neptune", "Triton").encode())
    assert (await configuration(away, "apply", file))[:2] == (0, "on trial for 60 s\n")
    assert one.text == TEXT.replace("Neptune", "Triton")
