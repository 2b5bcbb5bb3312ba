"""The support bundle of a whole room: every kind of secret is planted everywhere, and none is found in it."""

import io
import json
import resource
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from appliance.access.qr import qr_of
from appliance.access.roles import Caller, Role
from appliance.config.load import parse
from appliance.deputy.client import Deputy
from appliance.deputy.requests import Made
from appliance.language.catalogue import ENGLISH
from appliance.language.text import verbatim
from appliance.maintain.bundle import LARGEST, made
from appliance.panel.maintenance.bundle import bundle_route
from appliance.run.pages.bundle import bundle_of, whole_bundle
from appliance.run.pages.maintenance import desk_of
from appliance.run.pages.status import _touched
from appliance.run.pages.steered import steered
from appliance.run.parts import Parts
from appliance.runtime.logs import recent
from appliance.runtime.supervisor import Condition, Health
from appliance.runtime.web.answers import web_app
from appliance.services.box.hardware import Hardware
from appliance.terminal.messages.account import AuthReply
from tests.config.test_schema import EVERY_KEY
from tests.maintain.deputies import Told, deputy
from tests.runtime.web.client import get
from tests.runtime.web.serving import Serve, serve

__all__ = ["serve"]  # a fixture

ANNA = Caller("anna", Role.MAINTAIN, "session")

CONFIGURED = (
    *("FA6", "4711", "0006871123", "7A93"),  # the terminal's PIN, the room's, a badge, and a conference's
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "http://192.0.2.7/hooks/neptune",
    *("mind the gap", "1b7f0c5d2e9a4c63"),  # of programs that share the session
    *("open sesame", "for the proxy", "for the key", "long enough", "only once"),  # MQTT, networks, enrolment
)
TOLD = ("token-of-the-session", "token-for-http")
IN_FILES = ("correct horse battery", "MHcCAQEEIBkgB2C7bJm4DdN1xT8m0Jt0kz7f0gS2wAoGCCqGSM49")


JOURNAL = "Nov 28 03:00:00 box systemd[1]: Started offhook.service\n"
JOIN = '"join 200@example.com 7A93"'


@pytest.fixture
def parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Parts:
    """A room with everything, its secrets in its configuration, in files and in credentials."""
    key, credentials = tmp_path / "key.pem", tmp_path / "credentials"
    key.write_text(f"-----BEGIN EC PRIVATE KEY-----\n{IN_FILES[1]}\n-----END EC PRIVATE KEY-----\n")
    credentials.mkdir()
    (credentials / "offhook.wifi").write_text(f"{IN_FILES[0]}\n")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(credentials))
    text = EVERY_KEY.replace("/etc/offhook/tls/key.pem", str(key))
    text = text.replace('{ in_call = ["volume 10", "wait 2", "hang_up"], otherwise = "call" }', JOIN)
    parts = Parts(parse(text, Path("room.toml")), Hardware())
    parts.link.authorised = AuthReply(token=TOLD[0], http_token=TOLD[1])
    return parts


def plant(parts: Parts, secret: str) -> None:
    """Lets a secret stand wherever somebody could have put it by mistake."""
    recent(
        None, "error", {"event": "login", "level": "error", "reason": f"refused {secret!r}", "url": f"/x?p={secret}"}
    )
    parts.audit.note("crestron", "call", about=secret)
    parts.conditions.change(f"service {secret}", Health(Condition.OFFLINE, f"wrong: {secret}"), 1.0)
    parts.link_record = parts.link_record.down(1.0, verbatim(f"refused: {secret}"), was_up=False)
    parts.said.words = (*parts.said.words, f"PIN {secret}")
    parts.card.text += f" line 7: {secret}"


def journal() -> str:
    """The machine's own, in which every secret stands."""
    return "".join(
        f"Nov 28 03:00:00 box offhook[1]: refused {secret!r}\n" for secret in (*CONFIGURED, *TOLD, *IN_FILES)
    )


def unpacked(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


async def test_no_secret_is_in_it_wherever_it_was_planted(parts: Parts) -> None:
    secrets = (*CONFIGURED, *TOLD, *IN_FILES)
    for secret in secrets:
        plant(parts, secret)
    files = unpacked(made(bundle_of(parts, ENGLISH, journal())))
    assert len(files) == 11
    assert files["journal.txt"].count(b"Nov 28") == len(secrets)
    found = [(name, secret) for name, content in files.items() for secret in secrets if secret.encode() in content]
    assert found == []


async def test_what_helps_is_in_it(parts: Parts) -> None:
    parts.said.picture = Image.new("1", (128, 64))
    recent(None, "warning", {"event": "service_failed", "level": "warning", "service": "keypad lectern"})
    parts.audit.note("anna", "restart", by="session")
    parts.conditions.change("display", Health(Condition.OFFLINE, "no display at 0x3c"), 1.0)
    files = unpacked(made(bundle_of(parts, ENGLISH, JOURNAL)))
    assert b"service_failed service=keypad lectern" in files["log.txt"]
    assert json.loads(files["audit.json"])[0]["what"] == "restart"
    assert json.loads(files["configuration.json"])["terminal"]["host"] == parts.config.terminal.host
    assert json.loads(files["services.json"])["services"]["display"]["error"] == "no display at 0x3c"
    assert json.loads(files["about.json"])["firmware"]
    assert json.loads(files["health.json"])["link"] == "starting"
    assert json.loads(files["link.json"])["answers"]["count"] == 0
    assert b"<svg" in files["wiring.svg"]
    assert files["display.png"].startswith(b"\x89PNG")
    assert files["journal.txt"].decode() == JOURNAL
    assert sorted(line.split()[0] for line in files["contents.txt"].decode().splitlines()) == sorted(
        files.keys() - {"contents.txt"}
    )


async def test_what_is_not_in_it_is_told_with_the_reason(parts: Parts) -> None:
    files = unpacked(made(await whole_bundle(parts, ENGLISH)))  # on this machine nobody has its deputy
    assert not {"journal.txt", "display.png"} & files.keys()
    told = {line.split()[0]: line for line in files["contents.txt"].decode().splitlines() if "missing" in line}
    assert "offhook-deputy.socket" in told["journal.txt"]
    assert "dark" in told["display.png"]


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process can grow."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_full_disk_does_not_matter(parts: Parts, serve: Serve, tmp_path: Path) -> None:
    """The whole way, with a journal of two million bytes: it is made in memory, and is whole."""
    line = f"Nov 28 03:00:00 box offhook[1]: link_up {'x' * 400}\n"
    told = Told(Journal=Made(2 << 20))
    told.content = line.encode() * (1 + (2 << 20) // len(line))
    parts.deputy = Deputy(tmp_path / "deputy.sock")
    desk = desk_of(parts)._replace(bundle=partial(whole_bundle, parts))
    async with deputy(tmp_path / "deputy.sock", told):
        address = await serve(web_app([bundle_route(desk, lambda _scope: ANNA, ENGLISH)]))
        with full_disk():
            (tmp_path / "full").touch()
            with pytest.raises(OSError, match="File too large"):
                (tmp_path / "full").write_bytes(b"x")
            answer = await get(address, "/maintenance/bundle.zip")
    assert (answer.status, int(answer.headers["content-length"])) == (200, len(answer.body))
    files = unpacked(answer.body)
    assert "configuration.json" in files
    lines = files["journal.txt"].decode().splitlines(keepends=True)
    assert set(lines[:-1]) == {line}  # the last one is as the deputy has sent it
    assert LARGEST - len(line) < len(files["journal.txt"]) <= LARGEST


QR = qr_of("https://192.0.2.7/pair", "12345678")


@pytest.mark.parametrize("invited", [("", ""), ("https://192.0.2.7/pair", QR)], ids=["a screen asks", "a phone"])
async def test_a_display_that_shows_a_secret_is_shown_to_nobody_else(parts: Parts, invited: tuple[str, str]) -> None:
    parts.said.picture, parts.said.words = Image.new("1", (128, 64)), ("Pair with", "12345678")
    parts.store.show_code("12345678", 1e9, *invited)
    files = unpacked(made(bundle_of(parts, ENGLISH, JOURNAL)))
    assert "display.png" not in files
    assert files["display.txt"] == b""
    assert [name for name, content in files.items() if b"12345678" in content or QR[52:77].encode() in content] == []
    view = _touched(parts, steered(parts), ENGLISH)(parts.store.state)
    assert "12345678" not in str(msgspec.json.encode(view))  # what programs that may touch are told of the room
    assert view.pairing is bool(invited[0])
    assert desk_of(parts).glass() is None
    assert desk_of(parts).said() == ()
    parts.store.hide_code()
    assert desk_of(parts).glass() is not None
