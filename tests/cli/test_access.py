"""`offhook access` as root uses it, beside a service that runs."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import trio

from appliance.access.digests import digest
from appliance.access.kept import FOLDER
from appliance.access.paired import Paired
from appliance.access.roles import Caller, Role
from appliance.access.tokens import Tokens, kept_tokens
from appliance.config.tables.access import AccessConfig
from appliance.maintain.audit import Audit
from appliance.services.pages.access import AccessService
from appliance.services.store import RoomStore
from tests.access.box import HERE
from tests.cli.processes import offhook

SOMEBODY = 65_534


@pytest.fixture
def state() -> Iterator[Path]:
    """The state folder of a service which is not root, in a folder that it can reach."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        folder = Path(name) / "state"
        folder.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(folder, SOMEBODY, SOMEBODY)
        yield folder


def ask(state: Path, *words: str) -> tuple[int, str, str]:
    return offhook("access", *words, "--state", state)


def give_to_owner(state: Path) -> None:
    """Makes the service's files its own: that of a test is root, and no other is."""
    for path in (state / FOLDER, *(state / FOLDER).iterdir()):
        os.chown(path, state.stat().st_uid, state.stat().st_gid)


def owners(state: Path) -> set[tuple[int, int]]:
    return {(path.stat().st_uid, path.stat().st_mode & 0o777) for path in (state / FOLDER).iterdir()}


def test_a_token_is_printed_once_and_lets_its_program_in(state: Path) -> None:
    code, out, said = ask(state, "token", "add", "lights", "--role", "touch", "--days", "30")
    assert (code, said) == (0, "")
    tokens = Tokens(lambda: datetime.now(UTC))
    tokens.take(kept_tokens(state).read().tokens)
    assert tokens.caller(out.strip()) == Caller("lights", Role.TOUCH, "token")
    assert owners(state) == {(state.stat().st_uid, 0o600)}
    code, out, _ = ask(state, "token", "list")
    assert (code, out.splitlines()[0].split()) == (0, ["name", "role", "made", "until"])
    assert out.splitlines()[1].split()[:2] == ["lights", "touch"]
    assert ask(state, "token", "remove", "lights")[0] == 0
    assert kept_tokens(state).read().tokens == ()


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("token", "add", "two words", "--role", "view"), 2, "`two words` is not a name; expected 1 to 40 letters"),
        (("token", "add", "lights", "--role", "root"), 2, "'root' is not one of 'view', 'touch', 'maintain'"),
        (("token", "add", "lights"), 2, "Missing option '--role'"),
        (("token", "add", "lights", "--role", "view", "--days", "0"), 2, "0 is not in the range 1<=x<=3650"),
        (("token", "remove", "lights"), 2, "there is no token `lights`; `offhook access token list` shows them"),
    ],
)
def test_what_makes_no_sense(state: Path, words: tuple[str, ...], code: int, says: str) -> None:
    found = ask(state, *words)
    assert found[:2] == (code, "")
    assert says in found[2]


def test_where_no_service_ever_ran(tmp_path: Path) -> None:
    code, _, said = ask(tmp_path / "nowhere", "token", "list")
    assert (code, said) == (1, f"{tmp_path / 'nowhere'}: No such file or directory\n")


async def test_a_running_service_takes_changes_at_once(state: Path, nursery: trio.Nursery) -> None:
    service = AccessService(state, RoomStore(), lambda: None, AccessConfig(), Audit(lambda: None), has_display=False)
    secret = await service.paired.add()
    give_to_owner(state)
    await nursery.start(service.run)
    _, password, _ = await trio.to_thread.run_sync(ask, state, "password", "--print")
    _, token, _ = await trio.to_thread.run_sync(ask, state, "token", "add", "lights", "--role", "touch")
    session = ""
    with trio.fail_after(60):
        while not service.login.has_password or service.tokens.caller(token.strip()) is None:
            await service.looked.newer_than(service.looked.value)
        session = await service.login.enter(password.strip(), HERE)
        assert service.paired.digests == {digest(secret)}
        assert (await trio.to_thread.run_sync(ask, state, "reset", "--yes"))[0] == 0
        while service.login.has_password or service.tokens.caller(token.strip()) or service.paired.digests:
            await service.looked.newer_than(service.looked.value)
    assert service.sessions.caller(session) is None
    assert Paired(state).digests == frozenset()


def test_the_digest_of_a_printed_password_is_kept_and_nothing_else(state: Path) -> None:
    code, out, said = ask(state, "password", "--print")
    assert (code, said) == (0, "")
    kept = json.loads((state / FOLDER / "password.json").read_text())
    assert kept["digest"].startswith("$argon2id$")
    assert kept["is_made"] is True
    assert out.strip().replace("-", "") not in str(kept)


def test_the_display_is_asked_for_a_password(state: Path) -> None:
    code, out, said = ask(state, "password")
    assert (code, out) == (0, "")
    assert "display shows the new password" in said
    assert [path.name for path in (state / FOLDER).iterdir()] == ["wish"]


@pytest.mark.skipif(os.geteuid() != 0, reason="not root")
def test_root_follows_no_link_of_the_service_to_where_it_may_not_write(state: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir(mode=0o700)
    (state / FOLDER).symlink_to(target)
    code, out, _ = ask(state, "token", "add", "lights", "--role", "view")
    assert (code, out) == (1, "")
    assert list(target.iterdir()) == []
