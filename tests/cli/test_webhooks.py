"""`offhook webhooks test` against real receivers: one that takes it, one that does not, and none."""

import socket
from pathlib import Path

import pytest
import trio

from tests.cli.processes import offhook
from tests.hooks.receiver import Receiver, signed_by, status
from tests.hooks.test_signature import SECRET

ROOM = '[room]\nname = "Neptune"\n[terminal]\nhost = "192.0.2.1"\n'


def hook(name: str, port: int, secret: str = f'secret = "{SECRET}"') -> str:
    return f'[webhooks.{name}]\nurl = "http://127.0.0.1:{port}/in"\nevents = ["call"]\n{secret}\n'


async def said(folder: Path, tables: str, *names: str) -> tuple[int, str, str]:
    """What the command answers, while receivers go on in this process."""
    path = folder / "room.toml"
    await trio.Path(path).write_text(ROOM + tables)
    return await trio.to_thread.run_sync(lambda: offhook("webhooks", "test", *names, "--config", path))


async def test_who_takes_it_is_told_apart_from_who_does_not(tmp_path: Path, nursery: trio.Nursery) -> None:
    takes, refuses = Receiver(), Receiver(otherwise=status("403 Forbidden"))
    ports = [await nursery.start(each.http) for each in (takes, refuses)]
    tables = hook("bookings", ports[0]) + hook("lights", ports[1])
    code, out, err = await said(tmp_path, tables)
    assert (code, err) == (1, "")
    first, second = out.splitlines()
    assert first.startswith("bookings: taken in ")
    assert second.startswith("lights: not taken in ")
    assert second.endswith("it answers 403")
    (request,) = takes.requests
    assert signed_by(request, SECRET)
    assert (request.json["type"], request.json["sequence"], request.json["room"]) == ("test", 0, "Neptune")
    assert request.headers["webhook-id"] == request.json["id"]
    code, out, _ = await said(tmp_path, tables, "bookings")
    assert (code, len(out.splitlines())) == (0, 1)
    assert [len(each.requests) for each in (takes, refuses)] == [2, 1]


async def test_where_nobody_is_it_says_so(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        code, out, _ = await said(tmp_path, hook("bookings", free.getsockname()[1]))
    assert code == 3
    assert "bookings: not taken" in out
    assert "/in" not in out  # an address often is a secret


@pytest.mark.parametrize(
    ("tables", "name", "words"),
    [
        ("", "bookings", "no webhook `bookings`; there are: none"),
        (hook("bookings", 1), "lights", "no webhook `lights`; there are: bookings"),
        (hook("bookings", 1, 'secret_file = "/nowhere/secret"'), "bookings", "webhooks.bookings.secret_file: "),
    ],
)
async def test_what_cannot_be_sent_is_named(tmp_path: Path, tables: str, name: str, words: str) -> None:
    code, out, err = await said(tmp_path, tables, name)
    assert (code, out) == (2, "")
    assert words in err
