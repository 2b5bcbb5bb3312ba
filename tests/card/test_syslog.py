"""`[log]` becomes a file of rsyslog, and nothing else that somebody might write there."""

import shutil
import string
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.card.syslog import PATH, rules
from appliance.config.load import ConfigError, parse
from appliance.config.log import Log
from appliance.language.text import Unusable
from tests.card.conftest import ROOM, Box
from tests.cli.processes import offhook

RSYSLOGD = shutil.which("rsyslogd", path="/usr/sbin:/usr/bin")
SERVER = '[log]\nsyslog = "logs.example.com"\n'


def with_rsyslog(box: Box) -> Box:
    program = box.root / "usr/sbin/rsyslogd"
    program.parent.mkdir(parents=True)
    program.touch()
    return box


def test_a_card_sends_its_journal(box: Box) -> None:
    outcome = with_rsyslog(box).apply(ROOM + SERVER)
    assert outcome.mistakes == ()
    assert "syslog" in outcome.changed
    text = str(box.has(PATH))
    assert 'target="logs.example.com" port="6514"' in text
    assert 'StreamDriverPermittedPeers="logs.example.com"' in text
    assert 'StreamDriver.CAFile="/etc/ssl/certs/ca-certificates.crt"' in text
    assert "CertFile" not in text
    assert box.apply().changed == frozenset()


def test_it_ends_where_the_server_is_not_named_any_more(box: Box) -> None:
    with_rsyslog(box).apply(ROOM + SERVER)
    outcome = box.apply(ROOM)
    assert "syslog" in outcome.changed
    assert box.has(PATH) is None


def test_a_card_without_rsyslog_says_so_and_does_the_rest(box: Box) -> None:
    outcome = box.apply(ROOM + SERVER)
    assert [str(mistake) for mistake in outcome.mistakes] != []
    assert "packages rsyslog and rsyslog-gnutls" in str(box.errors())
    assert outcome.has_room


@pytest.mark.parametrize(
    ("lines", "key", "words"),
    [
        ('syslog = "udp://logs"', "log.syslog", "HOST:PORT"),
        ('syslog = "logs:0"', "log.syslog", "HOST:PORT"),
        ('syslog = "logs:65536"', "log.syslog", "HOST:PORT"),
        ('syslog = "logs"\nsyslog_name = "a b"', "log.syslog_name", "HOST:PORT"),
        ('syslog = "logs"\nca = "ca.pem"', "log.ca", "a path from /"),
        ('syslog = "logs"\nca = \'/c" StreamDriverMode="0\'', "log.ca", "a path from /"),
        ('syslog = "logs"\nkey = "/k.pem"', "log.key", "`certificate`"),
        ('ca = "/ca.pem"', "log.ca", "`syslog` beside it"),
    ],
)
def test_what_cannot_be_meant(lines: str, key: str, words: str) -> None:
    with pytest.raises(ConfigError) as wrong:
        parse(f"{ROOM}[log]\n{lines}\n", Path("room.toml"), None)
    assert f"{key}: " in str(wrong.value)
    assert words in str(wrong.value)


@given(st.text(alphabet=string.printable + "éЖ", max_size=40), st.sampled_from(["syslog", "ca", "syslog_name"]))
def test_whatever_is_accepted_is_one_value_of_the_file(text: str, key: str) -> None:
    try:
        log = Log(**{"syslog": "logs.example.com", key: text})  # type: ignore[arg-type]  # any text
    except Unusable:
        return
    made, plain = str(rules(log)), str(rules(Log(syslog="logs.example.com")))
    assert made.count('"') == plain.count('"')
    assert made.count("\n") == plain.count("\n")


@pytest.mark.skipif(RSYSLOGD is None, reason="rsyslog is not installed")
def test_rsyslog_finds_nothing_wrong_with_it(tmp_path: Path) -> None:
    full = Log(syslog="logs.example.com:6515", syslog_name="log-1", ca="/a.pem", certificate="/c.pem", key="/k.pem")
    path = tmp_path / "rsyslog.conf"
    path.write_text(f'global(workDirectory="{tmp_path}")\n{rules(full)}')
    told = subprocess.run([str(RSYSLOGD), "-N1", "-f", path], capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    assert "error" not in told.stderr


def test_a_machine_without_a_card_prints_it(tmp_path: Path) -> None:
    path = tmp_path / "room.toml"
    path.write_text(ROOM + SERVER)
    code, said, _ = offhook("syslog", "--config", path)
    assert (code, said) == (0, rules(Log(syslog="logs.example.com")))
    path.write_text(ROOM)
    code, said, err = offhook("syslog", "--config", path)
    assert (code, said) == (2, "")
    assert "expected one such as logs.example.com:6514" in err
