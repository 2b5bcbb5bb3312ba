"""`offhook remote` as people and scripts use it: a process, against the server itself."""

import functools
import json
import signal
from collections.abc import Mapping
from pathlib import Path

import click
import pytest
import trio
from starlette.applications import Starlette

from appliance.cli.remote.reach import TOKEN, Place, place_of, token_of
from appliance.language.text import Text
from appliance.maintain.machine import Became
from appliance.maintain.wishes import Backup, Reboot, Renewal, Reset, Restart, Restore
from appliance.room.parts.link import Link, LinkPhase
from appliance.run.pages.status import LARGE_BODIES
from appliance.run.parts import Parts
from appliance.runtime.supervisor import Condition, Health
from appliance.runtime.web.server import serve_web
from tests.api.rooms import FromAway, app, interface, room, set_state
from tests.cli.processes import Offhook, offhook
from tests.e2e.world import ROOM as WORLD
from tests.e2e.world import a_room
from tests.maintain.machines import PIECES, Machine
from tests.runtime.web.serving import Serve, serve

__all__ = ["serve"]  # a fixture

VIEW = {TOKEN: "view"}


@pytest.fixture
def parts() -> Parts:
    return room()


@pytest.fixture
async def away(parts: Parts, serve: Serve) -> str:
    host, port = await serve(FromAway(app(parts)))
    return f"{host}:{port}"


async def remote(*arguments: str | Path, env: Mapping[str, str] = VIEW) -> tuple[int, str, str]:
    return await trio.to_thread.run_sync(functools.partial(offhook, "remote", *arguments, env=env))


async def test_the_room_for_people_and_for_programs(away: str) -> None:
    code, out, err = await remote(away, "view")
    assert (code, err) == (0, "")
    rows = dict(line.split(None, 1) for line in out.splitlines())
    assert (rows["room"], rows["link"], rows["phase"], rows["with"]) == ("Neptune", "up", "in_call", "Anna")
    assert (rows["microphone"], rows["loudspeaker"], rows["volume"]) == ("muted", "-", "40 %")
    code, out, _ = await remote(away, "view", "--json")
    assert (code, json.loads(out)["view"]["room"]) == (0, "Neptune")


async def test_health_is_an_exit_code_for_monitoring(parts: Parts, away: str) -> None:
    parts.conditions.change("display", Health(Condition.READY), trio.current_time())
    code, out, _ = await remote(away, "health")
    assert (code, out.split()[:5]) == (0, ["SERVICE", "IS", "SINCE", "FAILURES", "WHY"])
    parts.conditions.change("display", Health(Condition.OFFLINE, "no such bus"), trio.current_time())
    code, out, _ = await remote(away, "health")
    assert code == 1
    assert "no such bus" in out
    code, out, _ = await remote(away, "health", "--json")
    assert (code, json.loads(out)["ok"]) == (1, False)


async def test_parts_are_listed_and_tried(serve: Serve) -> None:
    async with a_room(template=WORLD + "[api]\n[relays.lights]\npin = 26\n") as world:
        routes = Starlette(routes=interface(world.appliance.parts).routes)
        host, port = await serve(FromAway(routes))
        box, maintain = f"{host}:{port}", {TOKEN: "maintain"}
        code, out, _ = await remote(box, "parts", env=maintain)
        assert code == 0
        assert "lamp link" in out
        assert ["relay", "lights", "--sure"] in [line.split() for line in out.splitlines()]
        code, out, _ = await remote(box, "try", "lamp link", "on", env=maintain)
        assert (code, out.strip()) == (0, "Confirmed: It shows “on” for 5 s.")
        code, out, _ = await remote(box, "try", "relay lights", "--json", env=maintain)
        assert (code, json.loads(out)["outcome"]) == (1, "asks")
        code, out, _ = await remote(box, "try", "relay lights", "--sure", env=maintain)
        assert code == 0
        code, _, err = await remote(box, "try", "lamp link")
        assert code == 1
        assert "403" in err or "role" in err


async def test_devices_are_there_or_not(serve: Serve) -> None:
    parts = room("[relays.lights]\npin = 26\n")
    host, port = await serve(FromAway(app(parts)))
    parts.conditions.change("relay lights", Health(Condition.READY), trio.current_time())
    set_state(parts, outputs={"relay lights": True})
    code, out, _ = await remote(f"{host}:{port}", "devices")
    kind, name, condition, _since, on = out.splitlines()[1].split()
    assert (code, kind, name, condition, on) == (0, "relays", "lights", "ready", "yes"), out
    parts.conditions.change("relay lights", Health(Condition.OFFLINE, "GPIO26 is in use"), trio.current_time())
    code, out, _ = await remote(f"{host}:{port}", "devices")
    assert code == 1
    assert "GPIO26 is in use" in out


async def test_which_box_it_is(away: str) -> None:
    code, out, _ = await remote(away, "version")
    assert code == 0
    assert "Neptune" in out


async def test_who_may_not_is_told_and_a_box_that_is_not_there_is_another_code(away: str) -> None:
    code, out, err = await remote(away, "view", env={})
    assert (code, out) == (1, "")
    assert "Authorization: Bearer" in err
    code, out, err = await remote("127.0.0.1:1", "health")
    assert (code, out) == (3, "")
    assert err.startswith("no connection: 127.0.0.1:1: ")
    assert "Traceback" not in err


async def test_a_room_is_watched_until_somebody_ends_it(parts: Parts, away: str) -> None:
    def watch(*more: str) -> tuple[int, str]:
        with Offhook("remote", away, "watch", *more, env=VIEW, warm=True) as process:
            process.says(r"view", "out")
            other = parts.store.state.mic_muted is False
            trio.from_thread.run_sync(functools.partial(set_state, parts, mic_muted=other))
            process.says(r"change.*mic_muted", "out")
            code, _ = process.end(signal.SIGINT)
            return code, process.said["out"]

    code, out = await trio.to_thread.run_sync(watch)
    assert code == 0
    assert out.splitlines() == ["view      room=Neptune link=up phase=in_call", "change    mic_muted=no"]
    code, out = await trio.to_thread.run_sync(watch, "--json")
    assert code == 0
    assert [json.loads(line)["kind"] for line in out.splitlines()] == ["view", "change"]


async def test_an_action_is_asked_and_what_became_of_it_is_an_exit_code() -> None:
    async with a_room(template=f"{WORLD}[api]\n") as world, trio.open_nursery() as nursery:
        made = FromAway(Starlette(routes=interface(world.appliance.parts).routes))
        ((host, port), *_) = await nursery.start(functools.partial(serve_web, made, "127.0.0.1:0"))
        box, touch = f"{host}:{port}", {TOKEN: "touch"}
        assert await remote(box, "do", "mute", "on", env=touch) == (0, "confirmed\n", "")
        assert world.state.mic_muted is True
        code, out, _ = await remote(box, "do", "hang_up", "--json", env=touch)
        assert (code, json.loads(out)["outcome"]) == (1, "nothing")
        code, out, err = await remote(box, "do", "mute", "on", env=VIEW)
        assert (code, out) == (1, "")
        assert "`touch`" in err
        code, _, err = await remote(box, "do", "dance", env=touch)
        assert code == 1
        code, out, _ = await remote(box, "actions", env=touch)
        assert code == 0
        assert "mute" in out
        nursery.cancel_scope.cancel()


async def test_a_lost_link_is_seen(parts: Parts, away: str) -> None:
    set_state(parts, link=Link(LinkPhase.DOWN))
    code, out, _ = await remote(away, "health")
    assert code == 1
    assert "(link)" in out


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("box.example.com", Place("https", "box.example.com", 8443)),
        ("box.example.com:9000", Place("https", "box.example.com", 9000)),
        ("https://box.example.com:443/", Place("https", "box.example.com", 443)),
        ("[2001:db8::1]:8443", Place("https", "2001:db8::1", 8443)),
        ("127.0.0.1", Place("http", "127.0.0.1", 8080)),
        ("localhost:80", Place("http", "localhost", 80)),
        ("https://localhost", Place("https", "localhost", 8443)),
    ],
)
def test_where_a_box_is(said: str, place: Place) -> None:
    assert place_of(said) == place
    assert place_of(place.base) == place


@pytest.mark.parametrize(
    "said", ["", "http://box.example.com", "ftp://box", "box/path", "a:b@box", "box:99999", "[::1", "https://"]
)
def test_what_is_no_address_of_a_box(said: str) -> None:
    with pytest.raises(click.UsageError, match="expected"):
        place_of(said)


def test_a_token_is_in_a_file_of_ones_own_or_in_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("secret\n")
    file.chmod(0o600)
    assert token_of(file, {TOKEN: "other"}) == "secret"
    assert token_of(None, {TOKEN: "other"}) == "other"
    assert token_of(None, {}) is None
    file.chmod(0o640)
    with pytest.raises(click.UsageError, match="chmod 600") as wrong:
        token_of(file, {})
    assert "secret" not in str(wrong.value)


@pytest.mark.parametrize("token", ["", "two words", "a\r\nX: y", "Ключ"])
def test_what_is_no_token_is_not_sent(token: str) -> None:
    with pytest.raises(click.UsageError, match="not a token"):
        token_of(None, {TOKEN: token})


@pytest.mark.parametrize(
    "arguments",
    [
        ("--fingerprint", "AB:CD", "box", "view"),
        ("--fingerprint", "ab" * 32, "localhost", "view"),
        ("http://box", "view"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...]) -> None:
    code, _, err = offhook("remote", *arguments)
    assert code == 2
    assert "expected" in err


MAINTAIN = {TOKEN: "maintain"}


@pytest.fixture
def machine(parts: Parts) -> Machine:
    """The machine of the box, which does nothing."""
    found = Machine()
    parts.machine = found  # type: ignore[assignment]  # stands in for the one that needs a deputy
    return found


async def test_the_machine_is_restarted_and_updated(machine: Machine, away: str) -> None:
    code, out, err = await remote(away, "machine", "restart", "--now", "--in-call", env=MAINTAIN)
    assert (code, err) == (0, "")
    assert "It begins now" in out
    assert (await remote(away, "machine", "update", "--install", env=MAINTAIN))[0] == 0
    assert [wish for wish, _ in machine.wished] == [Restart(now=True, in_call=True), Renewal("install")]
    code, out, _ = await remote(away, "machine", "show", env=MAINTAIN)
    assert (code, out.splitlines()[2].split()) == (0, ["phase", "idle"])


async def test_what_the_box_asks_back_is_not_done_by_somebody_who_does_not_answer(machine: Machine, away: str) -> None:
    machine.became = Became("asks", Text("machine.in_call"), "in_call")
    code, _, err = await remote(away, "machine", "reboot", "--yes", env=MAINTAIN)
    assert code == 1
    assert "Somebody is in a call" in err
    assert [wish for wish, _ in machine.wished] == [Reboot(sure=True)]
    assert (await remote(away, "machine", "reset", "Neptune", "--in-call", env=MAINTAIN))[0] == 1
    assert machine.wished[-1][0] == Reset("Neptune", in_call=True)


async def test_a_backup_is_fetched_and_sent_back(machine: Machine, serve: Serve, parts: Parts, tmp_path: Path) -> None:
    made = interface(parts)
    with trio.CancelScope() as scope:
        async with trio.open_nursery() as nursery:
            start = functools.partial(serve_web, FromAway(Starlette(routes=made.routes)), large=LARGE_BODIES)
            ((host, port), *_) = await nursery.start(start, "127.0.0.1:0")
            env = MAINTAIN | {"OFFHOOK_BACKUP_PASSPHRASE": "vier zufällige Wörter"}
            file, at = tmp_path / "neptune.offhook", f"{host}:{port}"
            assert (await remote(at, "machine", "backup", file, env=env))[0] == 0
            assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"".join(PIECES), 0o600)
            assert (await remote(at, "machine", "backup", file, env=env))[0] == 2  # it is there already
            assert (await remote(at, "machine", "restore", file, "--yes", env=env))[0] == 0
            scope.cancel()
    assert machine.content == b"".join(PIECES)
    backup, restore = (wish for wish, _ in machine.wished)
    assert backup == Backup("vier zufällige Wörter")
    assert restore == Restore("vier zufällige Wörter", sure=True)


@pytest.mark.parametrize("deed", ["backup", "restore"])
async def test_a_passphrase_that_is_none_is_said_and_nothing_is_asked(
    deed: str, machine: Machine, away: str, tmp_path: Path
) -> None:
    file, empty = tmp_path / "neptune.offhook", tmp_path / "passphrase"
    empty.touch()
    if deed == "restore":
        file.write_bytes(b"a backup")
    code, _, err = await remote(away, "machine", deed, file, "--passphrase-file", empty, env=MAINTAIN)
    assert (code, machine.wished) == (2, [])
    assert err == "passphrase has no passphrase in its first line\n"


async def test_a_backup_that_cannot_be_written_is_told(machine: Machine, away: str, tmp_path: Path) -> None:
    env = MAINTAIN | {"OFFHOOK_BACKUP_PASSPHRASE": "vier zufällige Wörter"}
    code, _, err = await remote(away, "machine", "backup", tmp_path / "none" / "neptune.offhook", env=env)
    assert code == 1
    assert "No such file or directory" in err
    assert "Traceback" not in err


async def test_a_lesser_token_does_nothing_with_the_machine(machine: Machine, away: str) -> None:
    code, _, err = await remote(away, "machine", "reboot", "--yes")
    assert (code, machine.wished) == (1, [])
    assert "needs the role `maintain`" in err


async def test_settings_of_the_terminal_are_shown_and_changed() -> None:
    async with a_room(template=WORLD + "[api]\n") as world, trio.open_nursery() as nursery:
        app = FromAway(Starlette(routes=interface(world.appliance.parts).routes))
        ((host, port), *_) = await nursery.start(functools.partial(serve_web, app, "127.0.0.1:0"))
        asks = functools.partial(remote, f"{host}:{port}", "settings", env={TOKEN: "maintain"})
        code, out, err = await asks()
        assert (code, err) == (0, "")
        rows = {line.split()[0]: line.split()[1:] for line in out.splitlines()}
        assert rows["auto_answer"][:3] == ["off", "on,", "off"]
        code, out, _ = await asks("auto_answer=on", "loudspeaker_level=30", "self_view_rotation=90", "camera=none")
        assert code == 0
        assert {line.split()[0]: line.split()[1] for line in out.splitlines()} == dict.fromkeys(
            ("auto_answer", "loudspeaker_level", "self_view_rotation", "camera"), "confirmed"
        )
        code, out, _ = await asks("camera=no such", "--json")
        assert (code, json.loads(out)["outcomes"]["camera"]["outcome"]) == (1, "refused")
        nursery.cancel_scope.cancel()


@pytest.mark.parametrize(
    "words", ["auto_answer", "nothing=on", "auto_answer=perhaps", "loudspeaker_level=101", "language=de"]
)
async def test_a_setting_that_there_is_not_is_wrong_use(words: str, away: str) -> None:
    code, out, err = await remote(away, "settings", words)
    assert (code, out) == (2, "")
    assert words in err
