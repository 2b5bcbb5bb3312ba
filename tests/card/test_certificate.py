"""The box's own certificate: made once, whole or not at all, and only where the room asks for it."""

import contextlib
import os
import ssl
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from appliance.card import certificate
from appliance.card.certificate import BEGIN, CERTIFICATE, END, FOLDER, KEY
from appliance.card.running import commands
from appliance.cli.main import main
from appliance.panel.certificate import Pair, fingerprint, server_context
from appliance.runtime import atomic
from tests.card.conftest import ROOM, Box
from tests.card.test_power_cut import Disk, PowerCut

PANEL = f'[panel]\nlisten = "0.0.0.0:8443"\ncertificate = "/{CERTIFICATE}"\nkey = "/{KEY}"\n'
OTHER = '[panel]\nlisten = "0.0.0.0:8443"\ncertificate = "/etc/ssl/own.pem"\nkey = "/etc/ssl/own.key"\n'
SECRETS = ("PRIVATE", "BEGIN")


def pair(box: Box) -> Pair:
    return Pair(box.root / CERTIFICATE, box.root / KEY)


def decoded(path: Path) -> dict[str, object]:
    """What a certificate says, decoded by Python."""
    return dict(ssl._ssl._test_decode_cert(str(path)))  # type: ignore[attr-defined]  # the only reader there is


def test_a_box_makes_its_own_once(box: Box) -> None:
    outcome = box.apply(ROOM + PANEL)
    assert outcome.mistakes == ()
    assert "certificate" in outcome.changed
    server_context(pair(box))
    assert outcome.certificate == fingerprint(box.root / CERTIFICATE)
    first = box.all()
    again = box.apply()
    assert again.changed == frozenset()
    assert again.certificate == outcome.certificate
    assert box.all() == first


def test_it_has_the_name_of_the_box_and_dates_that_no_clock_gave(box: Box) -> None:
    box.apply(ROOM + PANEL)
    said = decoded(box.root / CERTIFICATE)
    assert said["subjectAltName"] == (("DNS", "offhook-1234.local"),)
    assert ssl.cert_time_to_seconds(str(said["notBefore"])) == ssl.cert_time_to_seconds("Jan 1 00:00:00 2025 GMT")
    assert ssl.cert_time_to_seconds(str(said["notAfter"])) == ssl.cert_time_to_seconds("Dec 31 23:59:59 2049 GMT")
    assert (BEGIN[:4], END[:4]) == ("2025", "2049")


def test_two_boxes_never_share_one(new_box: object) -> None:
    assert callable(new_box)
    keys = [box.has(KEY) for box in (new_box("one"), new_box("two")) if box.apply(ROOM + PANEL)]
    assert len(set(keys)) == 2


def test_only_the_service_reads_the_key(box: Box) -> None:
    box.apply(ROOM + PANEL)
    modes = {path: stat.S_IMODE((box.root / path).stat().st_mode) for path in (FOLDER, CERTIFICATE, KEY)}
    assert modes == {FOLDER: 0o750, CERTIFICATE: 0o644, KEY: 0o640}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files to another group")
def test_folder_and_key_belong_to_the_group_of_the_configuration(box: Box) -> None:
    (box.root / "etc/offhook").mkdir(parents=True)
    os.chown(box.root / "etc/offhook", -1, 4321)
    box.apply(ROOM + PANEL)
    assert {(box.root / path).stat().st_gid for path in (FOLDER, CERTIFICATE, KEY)} == {4321}


@pytest.mark.parametrize("panel", ["", '[panel]\nlisten = "127.0.0.1:8080"\n', OTHER])
def test_none_is_made_where_the_room_does_not_ask_for_it(box: Box, panel: str) -> None:
    outcome = box.apply(ROOM + panel)
    assert outcome.mistakes == ()
    assert outcome.certificate == ""
    assert not (box.root / FOLDER).exists()


def test_what_somebody_put_there_is_left_alone(box: Box) -> None:
    (box.root / FOLDER).mkdir(parents=True)
    (box.root / CERTIFICATE).write_text("not a certificate")
    (box.root / KEY).write_text("nor a key")
    outcome = box.apply(ROOM + PANEL)
    (mistake,) = outcome.mistakes
    assert str(mistake.message).startswith("certificate could not be applied: certificate ")
    assert (box.has(CERTIFICATE), box.has(KEY)) == ("not a certificate", "nor a key")
    assert outcome.certificate == ""
    assert box.has("var/lib/offhook-card/stamp") is None
    assert "/etc/offhook/tls" in str(box.has("etc/offhook/room.toml"))  # the room itself is in force


@pytest.fixture
def no_openssl(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("no_openssl")
def test_without_openssl_it_is_said_and_the_rest_applies(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = box.apply(ROOM + PANEL)
    (mistake,) = outcome.mistakes
    assert "certificate could not be applied" in str(mistake.message)
    assert "openssl" in str(mistake.message)
    assert outcome.has_room
    assert "8443" in str(box.has("etc/nftables.conf"))
    monkeypatch.undo()
    assert box.apply().mistakes == ()


def test_what_openssl_complains_about_is_said(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificate, "_SIGN", "openssl ca -config nothing")
    (mistake,) = box.apply(ROOM + PANEL).mistakes
    assert "openssl: " in str(mistake.message)
    assert not any(secret in str(mistake.message) for secret in SECRETS)
    assert not (box.root / KEY).exists()


def cut(make: object, monkeypatch: pytest.MonkeyPatch, failure: BaseException) -> Iterator[Box]:
    """A box for each step that can fail while the pair is made, just after it did."""
    assert callable(make)
    for number in range(1, 100):
        box = make(str(number))
        assert box.apply(ROOM).mistakes == ()
        disk = Disk(number, failure)
        with monkeypatch.context() as patched, contextlib.suppress(PowerCut, OSError):
            patched.setattr(atomic, "os", disk)
            certificate.ensure(box.root)
        if not disk.reached:
            assert number > 8, "two files have more steps"
            return
        yield box


@pytest.mark.slow
@pytest.mark.parametrize(
    "failure", [PowerCut(), OSError(28, "No space left on device")], ids=["power cut", "full disk"]
)
def test_cut_short_it_is_not_there_and_the_next_time_makes_it(
    new_box: object, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)
    for box in cut(new_box, monkeypatch, failure):
        assert box.has(CERTIFICATE) is None or certificate.shown(box.root), "half a pair counts"
        outcome = box.apply(ROOM + PANEL)
        assert outcome.mistakes == ()
        server_context(pair(box))
        assert sorted(path.name for path in (box.root / FOLDER).iterdir()) == ["certificate.pem", "key.pem"]


@pytest.mark.parametrize(
    ("hostname", "name"),
    [("offhook-0001\n", "offhook-0001.local"), ("box.example.com\n", "box.local"), ("a b\n", "offhook.local")],
)
def test_a_name_that_is_none_makes_no_certificate_impossible(tmp_path: Path, hostname: str, name: str) -> None:
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc/hostname").write_text(hostname)
    assert certificate.ensure(tmp_path)
    assert decoded(tmp_path / CERTIFICATE)["subjectAltName"] == (("DNS", name),)


def test_a_new_pair_is_taken_by_the_service(box: Box) -> None:
    box.apply(ROOM + PANEL)
    for path in (CERTIFICATE, KEY):
        (box.root / path).unlink()
    outcome = box.apply()
    assert outcome.changed == {"certificate"}
    assert [command[-1] for command in commands(outcome)] == ["offhook.service"]


def test_whoever_installs_it_reads_the_fingerprint(box: Box) -> None:
    box.file.write_text(ROOM + PANEL)
    said = CliRunner().invoke(main, ["card", "apply", "--boot", str(box.boot), "--root", str(box.root)])
    assert said.exit_code == 0
    assert f"SHA-256: {fingerprint(box.root / CERTIFICATE)}\n" in said.output
    assert "PRIVATE" not in said.output
