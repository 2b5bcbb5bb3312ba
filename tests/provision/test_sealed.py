"""Real signatures and real encryption: what a box takes, and what it does not."""

import json
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appliance.provision.judged import judge
from appliance.provision.sealed import Package, SealError, seal, unseal
from appliance.provision.secrets import read_secrets

BOX = "7e14b5d4f45c7c9dfefd"
PACKAGE = Package(BOX, serial=7, made=1_700_000_000, not_after=1_800_000_000, room='[terminal]\npin = "FA6"\n')

needs_age = pytest.mark.skipif(shutil.which("age") is None, reason="age is not installed")
pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")


def key_in(folder: Path, name: str = "fleet") -> tuple[Path, str]:
    """A private SSH key, and the line of its public half."""
    path = folder / name
    subprocess.run(
        ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(path)),  # noqa: S607  # looked for above
        check=True,
    )
    return path, path.with_suffix(".pub").read_text().strip()


def age_key_in(folder: Path, name: str = "age") -> tuple[Path, str]:
    """An age key, and its public half."""
    path = folder / name
    subprocess.run(("age-keygen", "-o", str(path)), check=True, capture_output=True)  # noqa: S607  # as above
    shown = subprocess.run(("age-keygen", "-y", str(path)), check=True, capture_output=True)  # noqa: S607  # as above
    return path, shown.stdout.decode().strip()


def signed_as_git(path: Path, key: Path) -> str:
    """A true signature of the same bytes, as of a commit."""
    path.write_bytes(msgspec.json.encode(PACKAGE))
    command = ("ssh-keygen", "-q", "-Y", "sign", "-n", "git", "-f", str(key), str(path))
    subprocess.run(command, check=True)
    return Path(f"{path}.sig").read_text()


def encrypted(path: Path, text: str, recipient: str) -> Path:
    command = ("age", "--encrypt", "--recipient", recipient, "--output", str(path))
    subprocess.run(command, check=True, input=text.encode())
    return path


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    return key_in(tmp_path_factory.mktemp("keys"))


async def test_what_was_signed_is_read(keys: tuple[Path, str]) -> None:
    key, signer = keys
    assert await unseal(await seal(PACKAGE, key), [signer]) == PACKAGE


async def test_any_of_several_signers_will_do(keys: tuple[Path, str], tmp_path: Path) -> None:
    """While a key is exchanged for the next, boxes know both."""
    key, signer = keys
    _, other = key_in(tmp_path)
    assert await unseal(await seal(PACKAGE, key), [other, signer]) == PACKAGE


async def test_nobody_else_can_sign(keys: tuple[Path, str], tmp_path: Path) -> None:
    _, signer = keys
    foreign, _ = key_in(tmp_path)
    with pytest.raises(SealError, match="not signed by a key in"):
        await unseal(await seal(PACKAGE, foreign), [signer])


async def test_a_signature_for_something_else_is_none_of_a_room(keys: tuple[Path, str], tmp_path: Path) -> None:
    """The same key may sign letters or commits: what was signed there must not become a room."""
    key, signer = keys
    envelope = json.loads(await seal(PACKAGE, key))
    envelope["signature"] = signed_as_git(tmp_path / "payload", key)
    with pytest.raises(SealError, match="not signed by a key in"):
        await unseal(json.dumps(envelope).encode(), [signer])


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_whatever_is_changed_on_the_way_is_noticed(keys: tuple[Path, str], data: st.DataObject) -> None:
    key, signer = keys
    envelope = json.loads(await seal(PACKAGE, key))
    part = data.draw(st.sampled_from(["payload", "signature"]))
    at = data.draw(st.integers(0, len(envelope[part]) - 1))
    letter = data.draw(st.sampled_from("ABab01+"))
    changed = {**envelope, part: envelope[part][:at] + letter + envelope[part][at + 1 :]}
    with suppress(SealError):
        assert await unseal(json.dumps(changed).encode(), [signer]) == PACKAGE  # armour has letters that say nothing


@settings(max_examples=50)
@given(st.binary(max_size=200))
async def test_rubbish_is_refused(content: bytes) -> None:
    with pytest.raises(SealError, match="no room's file"):
        await unseal(content, ["ssh-ed25519 AAAA"])


@needs_age
async def test_only_its_box_reads_what_is_encrypted_for_it(keys: tuple[Path, str], tmp_path: Path) -> None:
    key, signer = keys
    mine, recipient = age_key_in(tmp_path)
    another, _ = age_key_in(tmp_path, "another")
    content = await seal(PACKAGE, key, [recipient])
    assert b"FA6" not in content
    assert await unseal(content, [signer], mine) == PACKAGE
    with pytest.raises(SealError, match="cannot be decrypted with this key"):
        await unseal(content, [signer], another)
    with pytest.raises(SealError, match="cannot be decrypted with this key"):
        await unseal(content, [signer], tmp_path / "none")
    with pytest.raises(SealError, match="expected the file with the key"):
        await unseal(content, [signer])


@needs_age
async def test_secrets_may_be_encrypted(tmp_path: Path) -> None:
    identity, recipient = age_key_in(tmp_path)
    plain = tmp_path / "secrets.toml"
    plain.write_text('pin = "FA6"\n')
    sealed = encrypted(tmp_path / "secrets.toml.age", plain.read_text(), recipient)
    assert await read_secrets(plain, None) == await read_secrets(sealed, identity) == {"pin": "FA6"}


@pytest.mark.parametrize(
    ("content", "why"),
    [("pin = FA6\n", "secrets.toml:1: not TOML"), ("pin = 5\n", "pin is no text"), (None, "No such file")],
)
async def test_what_is_no_file_of_secrets(tmp_path: Path, content: str | None, why: str) -> None:
    path = tmp_path / "secrets.toml"
    if content is not None:
        path.write_text(content)
    with pytest.raises(SealError, match=why) as raised:
        await read_secrets(path, None)
    assert "FA6" not in str(raised.value)


async def test_a_missing_program_is_named(keys: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SealError, match="expected the program ssh-keygen"):
        await seal(PACKAGE, keys[0])


@pytest.mark.parametrize(
    ("machine", "serial", "now", "why"),
    [
        ("f" * 20, 0, None, "made for the box 7e14"),
        (BOX, 8, None, "older than what this box has: serial 7; expected 8 or more"),
        (BOX, 7, 1_800_000_001.0, "over since 2027-01-15"),
    ],
)
def test_what_is_not_meant_for_this_box_now(machine: str, serial: int, now: float | None, why: str) -> None:
    with pytest.raises(SealError, match=why):
        judge(PACKAGE, machine, serial, now)


def test_what_is_meant_for_this_box_now() -> None:
    judge(PACKAGE, BOX, 7, 1_799_999_999.0)
    judge(PACKAGE, BOX, 0, None)  # no clock yet: nobody can say that it is over


def test_a_format_of_tomorrow() -> None:
    with pytest.raises(SealError, match="format 2"):
        judge(msgspec.structs.replace(PACKAGE, format=2), BOX, 0, None)


def test_no_secret_is_in_a_repr() -> None:
    assert "FA6" not in repr(PACKAGE)
