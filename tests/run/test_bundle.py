"""The support bundle of a whole room: every kind of secret is planted everywhere, and none is found in it."""

import io
import json
import resource
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from appliance.config.load import parse
from appliance.language.catalogue import ENGLISH
from appliance.language.text import verbatim
from appliance.maintain.bundle import made
from appliance.run.bundle import bundle_of
from appliance.run.maintenance import desk_of
from appliance.run.parts import Parts
from appliance.runtime.logs import recent
from appliance.runtime.supervisor import Condition, Health
from appliance.services.hardware import Hardware
from appliance.terminal.messages.account import AuthReply
from tests.config.test_schema import EVERY_KEY

CONFIGURED = (
    *("FA6", "4711", "0006871123", "7A93"),  # the terminal's PIN, the room's, a badge, and a conference's
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "http://192.0.2.7/hooks/neptune",
    *("mind the gap", "1b7f0c5d2e9a4c63"),  # of programs that share the session
    *("open sesame", "for the proxy", "for the key", "long enough", "only once"),  # MQTT, networks, enrolment
)
TOLD = ("token-of-the-session", "token-for-http")
IN_FILES = ("correct horse battery", "MHcCAQEEIBkgB2C7bJm4DdN1xT8m0Jt0kz7f0gS2wAoGCCqGSM49")


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


def unpacked(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


async def test_no_secret_is_in_it_wherever_it_was_planted(parts: Parts) -> None:
    secrets = (*CONFIGURED, *TOLD, *IN_FILES)
    for secret in secrets:
        plant(parts, secret)
    files = unpacked(made(bundle_of(parts, ENGLISH)))
    assert len(files) == 9
    found = [(name, secret) for name, content in files.items() for secret in secrets if secret.encode() in content]
    assert found == []


async def test_what_helps_is_in_it(parts: Parts) -> None:
    parts.said.picture = Image.new("1", (128, 64))
    recent(None, "warning", {"event": "service_failed", "level": "warning", "service": "keypad lectern"})
    parts.audit.note("anna", "restart", by="session")
    parts.conditions.change("display", Health(Condition.OFFLINE, "no display at 0x3c"), 1.0)
    files = unpacked(made(bundle_of(parts, ENGLISH)))
    assert b"service_failed service=keypad lectern" in files["log.txt"]
    assert json.loads(files["audit.json"])[0]["what"] == "restart"
    assert json.loads(files["configuration.json"])["terminal"]["host"] == parts.config.terminal.host
    assert json.loads(files["services.json"])["services"]["display"]["error"] == "no display at 0x3c"
    assert json.loads(files["about.json"])["firmware"]
    assert json.loads(files["health.json"])["link"] == "starting"
    assert json.loads(files["link.json"])["answers"]["count"] == 0
    assert b"<svg" in files["wiring.svg"]
    assert files["display.png"].startswith(b"\x89PNG")


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process can grow."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_full_disk_does_not_matter(parts: Parts) -> None:
    with full_disk():
        packed = made(bundle_of(parts, ENGLISH))
    assert "configuration.json" in unpacked(packed)


async def test_a_display_that_shows_a_secret_is_shown_to_nobody_else(parts: Parts) -> None:
    parts.said.picture, parts.said.words = Image.new("1", (128, 64)), ("Pair with", "12345678")
    parts.store.show_code("12345678", 1e9)
    files = unpacked(made(bundle_of(parts, ENGLISH)))
    assert "display.png" not in files
    assert files["display.txt"] == b""
    assert desk_of(parts).glass() is None
    assert desk_of(parts).said() == ()
    parts.store.hide_code()
    assert desk_of(parts).glass() is not None
