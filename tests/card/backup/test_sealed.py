"""The file itself: what it shows, what it hides, and what is refused."""

import hashlib
import hmac
import json
import subprocess
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from appliance.card.backup import cipher
from appliance.card.backup.facts import Facts
from appliance.card.backup.keys import Cost, Keys, derive
from appliance.card.backup.refused import Refused
from appliance.card.backup.sealed import LARGEST, header_of, seal, unseal
from tests.card.backup.conftest import PASSPHRASE, cheap

FACTS = Facts("Neptune", "offhook-1234", "Raspberry Pi 4", "0.1.0", "2026-11-27 20:00 UTC", 3)
COST = Cost(n=16384, p=1, salt=b"0123456789abcdef")
ARCHIVE = b"the archive" * 100
FILE = Path(__file__).parent / "format-1.offhook"


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return seal(ARCHIVE, FACTS, PASSPHRASE, COST)


def refusal(content: bytes, passphrase: str = PASSPHRASE) -> str:
    with pytest.raises(Refused) as caught:
        unseal(content, passphrase)
    return caught.value.text.key


def test_comes_back_as_it_was(sealed: bytes) -> None:
    assert unseal(sealed, PASSPHRASE) == (FACTS, ARCHIVE)


def test_the_facts_are_for_everybody_and_the_archive_is_not(sealed: bytes) -> None:
    assert header_of(sealed).facts == FACTS
    assert sealed.startswith(b"offhook backup 1\n")
    assert b"archive" not in sealed


def test_the_usual_cost_is_the_recommended_one() -> None:
    assert (Cost().n, Cost().r, Cost().p) == (65536, 8, 2)
    assert Cost().salt != Cost().salt


def test_letters_are_the_same_on_every_keyboard() -> None:
    assert derive("pa\u00df Ma\u0301laga", COST) == derive("pa\u00df M\u00e1laga", COST)


def test_keys_are_in_no_repr() -> None:
    assert repr(Keys("deadbeef", b"seal")) == "Keys()"


def test_a_wrong_passphrase(sealed: bytes) -> None:
    assert refusal(sealed, PASSPHRASE + ".") == "backup.wrong_passphrase"


@pytest.mark.parametrize("cut", [1, 31, 32, 33, 600])
def test_what_is_cut_short(sealed: bytes, cut: int) -> None:
    assert refusal(sealed[:-cut]) == "backup.cut_short"


def test_what_is_added_to(sealed: bytes) -> None:
    assert refusal(sealed + b"\n") == "backup.cut_short"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"offhook backup", b"offhook backup x\n{}\n", b"\0" * 100])
def test_what_is_somebody_elses(content: bytes) -> None:
    assert refusal(content) == "backup.foreign"


def test_what_is_too_large_to_be_ours() -> None:
    assert refusal(b"offhook backup 1\n" + bytes(LARGEST)) == "backup.foreign"


def test_a_newer_format(sealed: bytes) -> None:
    assert refusal(sealed.replace(b"backup 1\n", b"backup 2\n", 1)) == "backup.newer"


def test_each_bit_counts(sealed: bytes) -> None:
    begins = sealed.index(b"\n", sealed.index(b"\n") + 1) + 1
    for place in (begins, begins + 8, begins + 20, len(sealed) - 33, len(sealed) - 1):
        changed = bytearray(sealed)
        changed[place] ^= 1
        assert refusal(bytes(changed)) == "backup.damaged"


def test_the_readable_part_cannot_be_changed_either(sealed: bytes) -> None:
    assert refusal(sealed.replace(b"Neptune", b"Uranius", 1)) == "backup.damaged"


@pytest.mark.parametrize(
    ("key", "value"), [("n", 1 << 30), ("n", 1000), ("r", 1024), ("p", 100), ("p", 0), ("salt", "AAAA")]
)
def test_a_file_cannot_make_the_box_work_itself_to_death(sealed: bytes, key: str, value: object) -> None:
    first, second, rest = sealed.split(b"\n", 2)
    header = json.loads(second)
    header["scrypt"][key] = value
    assert refusal(b"\n".join((first, json.dumps(header).encode(), rest))) == "backup.damaged"


@pytest.mark.parametrize("name", ["two\nlines", "\x1b[2Jgone", "reversed \u202e", "x" * 121])
def test_facts_that_would_move_the_cursor_are_not_printed(sealed: bytes, name: str) -> None:
    first, second, rest = sealed.split(b"\n", 2)
    header = json.loads(second)
    header["facts"]["room"] = name
    with pytest.raises(Refused, match="damaged"):
        header_of(b"\n".join((first, json.dumps(header).encode(), rest)))


@given(st.binary(max_size=300))
@example(b"offhook backup 1\n" + b"[" * 4000 + b"\n")
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_bytes_there_are_they_are_refused_in_words(content: bytes) -> None:
    for whole in (content, b"offhook backup 1\n" + content, b"offhook backup " + content):
        with pytest.raises(Refused):
            header_of(whole)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_is_changed_in_a_backup_is_noticed(data: st.DataObject) -> None:
    whole = seal(b"x" * 50, FACTS, PASSPHRASE, COST)
    place = data.draw(st.integers(0, len(whole) - 1))
    changed = bytearray(whole)
    changed[place] ^= data.draw(st.integers(1, 255))
    try:
        facts, archive = unseal(bytes(changed), PASSPHRASE)
    except Refused:
        return
    assert (facts, archive) == (FACTS, b"x" * 50), "a change that means nothing, such as \\r before the line's end"


def test_openssl_alone_opens_it(tmp_path: Path) -> None:
    """As docs/backup.md has it: no line of ours is needed, should there be none left one day."""
    content = FILE.read_bytes()
    _, second, rest = content.split(b"\n", 2)
    cost = json.loads(second)["scrypt"]
    salt = msgspec.convert(cost["salt"], bytes).hex()
    options = [f"pass:{PASSPHRASE}", f"hexsalt:{salt}", f"n:{cost['n']}", f"r:{cost['r']}", f"p:{cost['p']}"]
    chosen = [word for option in (*options, "maxmem_bytes:300000000") for word in ("-kdfopt", option)]
    derived = subprocess.run(
        ["/usr/bin/openssl", "kdf", "-keylen", "64", *chosen, "SCRYPT"], capture_output=True, check=True
    )
    keys = derived.stdout.decode().strip().replace(":", "").lower()
    (tmp_path / "key").write_text(keys[:64])
    mark = hmac.digest(bytes.fromhex(keys[64:]), content[:-32], hashlib.sha256)
    assert mark == content[-32:]
    enc = ["/usr/bin/openssl", *cipher._ENC, "-d", "-pass", f"file:{tmp_path / 'key'}"]
    opened = subprocess.run(enc, input=rest[:-32], capture_output=True, check=True).stdout
    listed = (
        subprocess.run(["/usr/bin/tar", "-t"], input=opened, capture_output=True, check=True).stdout.decode().split()
    )
    assert "etc/offhook/room.toml" in listed


def test_openssl_that_is_missing_or_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cipher, "PLACES", str(tmp_path))
    with pytest.raises(Refused, match="apt install openssl"):
        seal(ARCHIVE, FACTS, PASSPHRASE, cheap())
    (tmp_path / "openssl").write_text("#!/bin/sh\n/bin/echo no engine >&2; exit 1\n")
    (tmp_path / "openssl").chmod(0o755)
    with pytest.raises(Refused, match="openssl: no engine"):
        seal(ARCHIVE, FACTS, PASSPHRASE, cheap())


def test_the_key_is_in_no_argument_and_in_no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "openssl").write_text(f'#!/bin/sh\n{{ echo "$@"; /usr/bin/env; }} >{tmp_path}/seen\n/bin/cat\n')
    (tmp_path / "openssl").chmod(0o755)
    monkeypatch.setattr(cipher, "PLACES", str(tmp_path))
    monkeypatch.setenv("OFFHOOK_BACKUP_PASSPHRASE", PASSPHRASE)
    seal(ARCHIVE, FACTS, PASSPHRASE, COST)
    seen = (tmp_path / "seen").read_text()
    assert "-aes-256-ctr" in seen
    assert PASSPHRASE not in seen
    assert derive(PASSPHRASE, COST).cipher not in seen
