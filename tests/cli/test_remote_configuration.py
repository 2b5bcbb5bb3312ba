"""`offhook remote HOST configuration`: a process, against the server itself and a real deputy."""

import functools
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import trio

from appliance.cli.remote.reach import TOKEN
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
