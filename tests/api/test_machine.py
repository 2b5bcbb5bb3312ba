"""The machine for programs: over real sockets, by the client, with a real deputy in this process and real files."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pytest
import trio
from starlette.applications import Starlette

from appliance.access.roles import Role
from appliance.api.able import Answered
from appliance.api.client.client import Client
from appliance.api.client.connection import RefusedError
from appliance.card.backup.sealed import header_of, unseal
from appliance.language.catalogue import ENGLISH
from appliance.maintain.wishes import Backup, Reboot, Renewal, Reset, Restart
from appliance.panel.view import Viewed
from appliance.room.state import Phase
from appliance.run.pages.api import interface_of
from appliance.run.pages.status import LARGE_BODIES
from appliance.runtime.web.server import serve_web
from tests.api.rooms import GATE, FromAway, set_state
from tests.run.editing.boxes import Box, box

PASSPHRASE = "vier zufällige Wörter"


@pytest.fixture
async def one(tmp_path: Path) -> AsyncIterator[Box]:
    async with box(tmp_path) as made:
        yield made


@pytest.fixture
async def program(one: Box, nursery: trio.Nursery) -> Client:
    shown = Viewed("Neptune", ENGLISH, titles=True)
    app = FromAway(Starlette(routes=interface_of(one.parts, GATE, shown, shown, one.editor).routes))
    ((host, port), *_) = await nursery.start(partial(serve_web, app, "127.0.0.1:0", large=LARGE_BODIES))
    return Client(f"http://{host}:{port}", Role.MAINTAIN.word)


async def test_what_cannot_be_done_here_is_told_with_the_reason(program: Client) -> None:
    able = await program.machine()
    assert "not started by systemd" in able.restart
    assert "sudo apt update" in able.update
    assert (able.deputy, able.version.installed) == ("", "")
    answered = await program.restart_machine(Restart(now=True))
    assert answered == Answered("refused", "", able.restart)
    assert await program.update_machine(Renewal("check")) == Answered("refused", "", able.update)


@pytest.mark.slow  # scrypt takes its time, as it is to
async def test_a_backup_is_made_and_opens_under_its_passphrase(one: Box, program: Client) -> None:
    content = await program.back_up_machine(Backup(PASSPHRASE))
    assert header_of(content).facts.room == "Neptune"
    assert b"FA6-secret" in unseal(content, PASSPHRASE)[1]
    assert b"FA6-secret" not in content
    assert one.audit == [("a maintain program", "backup")]
    passphrase = quote(PASSPHRASE, safe="")
    asks = await program.restore_machine(content, offhook_passphrase=passphrase)
    assert (asks.outcome, asks.wants) == ("asks", "sure")
    assert "a backup of the room Neptune" in asks.why
    set_state(one.parts, phase=Phase.IN_CALL)
    asks = await program.restore_machine(content, offhook_passphrase=passphrase, sure=True)
    assert (asks.outcome, asks.wants) == ("asks", "in_call")
    refused = await program.restore_machine(content, offhook_passphrase=passphrase, sure=True, in_call=True)
    assert refused.outcome == "refused"  # this process is no machine that could be started anew
    assert one.audit == [("a maintain program", "backup")]


async def test_what_only_a_machine_can_do_is_refused_with_words(one: Box, program: Client) -> None:
    asks = await program.reboot_machine(Reboot())
    assert (asks.outcome, asks.wants) == ("asks", "sure")
    for refused in (
        await program.reboot_machine(Reboot(sure=True)),
        await program.reset_machine(Reset("Neptune")),
        await program.reset_machine(Reset("Saturn")),
    ):
        assert refused.outcome == "refused"
        assert refused.why
    assert one.audit == []


async def test_a_box_without_a_deputy_makes_no_backup(one: Box, program: Client) -> None:
    one.socket.unlink()
    assert "offhook-deputy.socket" in (await program.machine()).deputy
    with pytest.raises(RefusedError, match=r"offhook-deputy\.socket") as refused:
        await program.back_up_machine(Backup(PASSPHRASE))
    assert refused.value.status == 409
