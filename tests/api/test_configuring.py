"""The configuration changed by programs: over real sockets, by the client, with a real deputy."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import msgspec
import pytest
import trio
from starlette.applications import Starlette

from appliance.access.roles import Role
from appliance.api.about import ROOT
from appliance.api.client.client import Client
from appliance.api.client.connection import RefusedError
from appliance.api.file import ConfigurationText
from appliance.deputy.requests import Configure
from appliance.language.catalogue import ENGLISH
from appliance.maintain.editing import LARGEST
from appliance.panel.view import Viewed
from appliance.run.pages.api import interface_of
from appliance.run.pages.status import LARGE_BODIES
from appliance.runtime.web.server import serve_web
from tests.api.conftest import Serve
from tests.api.rooms import GATE, FromAway, bearer
from tests.run.editing.boxes import TEXT, Box, box
from tests.run.editing.silence import silenced
from tests.runtime.web.client import Address, request


def app(one: Box) -> FromAway:
    shown = Viewed("Neptune", ENGLISH, titles=True)
    return FromAway(Starlette(routes=interface_of(one.parts, GATE, shown, shown, one.editor).routes))


@pytest.fixture
async def one(tmp_path: Path) -> AsyncIterator[Box]:
    async with box(tmp_path) as made:
        yield made


@pytest.fixture
async def address(one: Box, nursery: trio.Nursery) -> Address:
    ((host, port), *_) = await nursery.start(partial(serve_web, app(one), "127.0.0.1:0", large=LARGE_BODIES))
    return host, port


def client(address: Address) -> Client:
    return Client(f"http://{address[0]}:{address[1]}", Role.MAINTAIN.word)


async def test_a_program_changes_it_and_keeps_it(one: Box, address: Address) -> None:
    program = client(address)
    file = await program.configuration_file()
    assert ('pin = "(kept)"' in file.text, file.trial, file.refused) == (True, None, "")
    ask = ConfigurationText(file.text.replace("Neptune", "Triton"))
    on_trial = await program.put_configuration(ask, if_match=file.mark)
    assert 0 < on_trial.seconds <= 60
    assert one.text == TEXT.replace("Neptune", "Triton")
    assert (await program.configuration_file()).may_keep
    assert (await program.keep_configuration()).in_force == "new"
    assert (await program.configuration_file()).trial is None
    versions = (await program.configuration_versions()).versions
    assert [(each.number, each.who) for each in versions] == [(2, "a maintain program"), (1, "")]
    assert one.audit == [
        ("a maintain program", "configuration_apply"),
        ("a maintain program", "configuration_keep"),
    ]


async def test_a_program_takes_it_back(one: Box, address: Address) -> None:
    program = client(address)
    file = await program.configuration_file()
    await program.put_configuration(ConfigurationText(file.text.replace("Neptune", "Triton")), if_match=file.mark)
    assert (await program.return_configuration()).in_force == "former"
    assert one.text == TEXT


async def test_what_the_helper_does_not_answer_to_is_called_unknown(tmp_path: Path, nursery: trio.Nursery) -> None:
    async with silenced(tmp_path / "silent") as (one, between):
        program = client((await nursery.start(partial(serve_web, app(one), "127.0.0.1:0", large=LARGE_BODIES)))[0])
        file, between.cut = await program.configuration_file(), (Configure,)
        ask = ConfigurationText(file.text.replace("Neptune", "Triton"))
        with pytest.raises(RefusedError, match="not known whether") as refused:
            await program.put_configuration(ask, if_match=file.mark)
        assert refused.value.status == 504
        assert (await program.configuration_file()).trial is not None


async def test_a_mistake_is_told_with_its_line(one: Box, address: Address) -> None:
    program = client(address)
    file = await program.configuration_file()
    ask = ConfigurationText(file.text.replace("pin = 17", "pin = 99"))
    with pytest.raises(RefusedError, match=r"7: buttons\.call\.pin: ") as refused:
        await program.put_configuration(ask, if_match=file.mark)
    assert refused.value.status == 422
    assert one.text == TEXT


async def test_who_comes_second_is_told_the_difference(one: Box, address: Address) -> None:
    program = client(address)
    file = await program.configuration_file()
    one.file.write_text(TEXT.replace("Neptune", "Pluto"))
    ask = ConfigurationText(file.text.replace("Neptune", "Triton"))
    with pytest.raises(RefusedError, match=r'-name = "Triton".*\n\+name = "Pluto"') as refused:
        await program.put_configuration(ask, if_match=file.mark)
    assert refused.value.status == 409
    assert "FA6" not in str(refused.value)


@pytest.mark.parametrize("quoted", ['"{}"', "{}"])
async def test_a_mark_is_a_tag_of_http_or_bare(one: Box, address: Address, quoted: str) -> None:
    mark = (await client(address).configuration_file()).mark
    answer = await put(address, {"If-Match": quoted.format(mark)})
    assert answer == 422  # it has no room, and was read upon this mark


NO_MARKS: tuple[dict[str, str], ...] = ({}, *({"If-Match": each} for each in ("", "x" * 64, "0" * 65, "*")))


@pytest.mark.parametrize("headers", NO_MARKS)
async def test_without_a_mark_nothing_is_done(address: Address, headers: dict[str, str]) -> None:
    assert await put(address, headers) == 400


async def test_a_text_that_is_too_large_is_refused(address: Address) -> None:
    body = msgspec.json.encode({"text": "x" * (LARGEST + 1)})
    sends = {"Content-Type": "application/json", "If-Match": "0" * 64, **bearer(Role.MAINTAIN)}
    answer = await request(address, "PUT", f"{ROOT}/configuration", body, sends)
    assert (answer.status, "characters" in answer.json["detail"]) == (413, True)


async def put(address: Address, headers: dict[str, str]) -> int:
    sends = {"Content-Type": "application/json", **bearer(Role.MAINTAIN), **headers}
    return int((await request(address, "PUT", f"{ROOT}/configuration", b'{"text": ""}', sends)).status)


@pytest.mark.parametrize("deed", ["keep", "return"])
async def test_a_deed_without_a_trial(one: Box, address: Address, deed: str) -> None:
    answer = await request(address, "POST", f"{ROOT}/configuration/{deed}", b"", bearer(Role.MAINTAIN))
    assert answer.status == (409 if deed == "keep" else 200)
    assert one.text == TEXT


async def test_without_a_deputy_it_says_so(tmp_path: Path, serve: Serve) -> None:
    program = client(await serve(app(Box(tmp_path))))
    file = await program.configuration_file()
    assert file.refused != ""
    with pytest.raises(RefusedError) as refused:
        await program.put_configuration(ConfigurationText(file.text), if_match="0" * 64)
    assert refused.value.status == 409
