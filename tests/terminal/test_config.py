from pathlib import Path
from typing import Any

import msgspec
import pytest

from appliance.terminal.config import Credentials, TerminalConfig, read_credentials


def decode(**fields: Any) -> TerminalConfig:  # any TOML
    return msgspec.convert({"host": "room.example.com", **fields}, TerminalConfig)


def test_a_host_is_enough() -> None:
    config = decode()
    assert (config.web_port, config.ws_port, config.http_port) == (80, 8765, 8766)
    assert (config.on_takeover, config.reclaim_after, config.command_timeout, config.role) == ("yield", 60, 5, None)
    assert read_credentials(config) is None


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"host": ""}, "length >= 1"),
        ({"web_port": 0}, ">= 1"),
        ({"ws_port": 65536}, "<= 65535"),
        ({"role": "root"}, "Invalid enum value 'root'"),
        ({"on_takeover": "fight"}, "Invalid enum value 'fight'"),
        ({"reclaim_after": 0}, ">= 1"),
        ({"command_timeout": 0}, ">= 0.1"),
        ({"colour": "red"}, "unknown field `colour`"),
        ({"pin": "1", "password": "2"}, "only one of pin, .* may be given, not pin and password"),
        ({"pin": "1", "pin_file": "/x"}, "not pin and pin_file"),
        ({"pin": ""}, "`pin` is empty"),
    ],
)
def test_what_is_wrong_is_said(fields: dict[str, Any], complaint: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=complaint):
        decode(**fields)


@pytest.mark.parametrize(("key", "kind"), [("pin", "PIN"), ("password", "password"), ("token", "token")])
def test_credentials_are_read_and_never_shown(key: str, kind: str) -> None:
    config = decode(**{key: "4711"})
    credentials = read_credentials(config)
    assert credentials == Credentials(kind, "4711")
    assert "4711" not in repr(config) + repr(credentials)


@pytest.mark.parametrize(("key", "kind"), [("pin_file", "PIN"), ("password_file", "password"), ("token_file", "token")])
def test_credentials_come_from_a_file_without_its_line_end(tmp_path: Path, key: str, kind: str) -> None:
    path = tmp_path / "secret"
    path.write_text("4711\n")
    assert read_credentials(decode(**{key: str(path)})) == Credentials(kind, "4711")


def test_a_credential_comes_from_systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "offhook.pin").write_text("4711\n")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert read_credentials(decode(pin_file="credential:offhook.pin")) == Credentials("PIN", "4711")


def test_a_credential_comes_from_where_systemd_would_take_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "offhook.pin").write_text("4711\n")
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    assert read_credentials(decode(pin_file="credential:offhook.pin"), tmp_path) == Credentials("PIN", "4711")
    with pytest.raises(ValueError, match=r"password_file = 'credential:offhook\.password': No such file"):
        read_credentials(decode(password_file="credential:offhook.password"), tmp_path)


@pytest.mark.parametrize(("key", "kind"), [("pin", "PIN"), ("password", "password"), ("token", "token")])
def test_a_secret_that_was_taken_out_of_the_file_is_found_in_the_store(tmp_path: Path, key: str, kind: str) -> None:
    with pytest.raises(ValueError, match=rf"^{key} = '\(kept\)', but this machine keeps none \(No such file"):
        read_credentials(decode(**{key: "(kept)"}), tmp_path)
    (tmp_path / f"offhook.{key}").write_text("4711\n")
    assert read_credentials(decode(**{key: "(kept)"}), tmp_path) == Credentials(kind, "4711")


@pytest.mark.parametrize(("content", "complaint"), [(None, "No such file"), (b"\n", "is empty"), (b"\xff", "not text")])
def test_a_file_that_gives_no_credentials_is_named(tmp_path: Path, content: bytes | None, complaint: str) -> None:
    path = tmp_path / "secret"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ValueError, match=f"pin_file = '{path}': .*{complaint}"):
        read_credentials(decode(pin_file=str(path)))
