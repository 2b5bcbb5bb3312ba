"""Channel files are signed by somebody of the keyring: real keys, real signatures; and how keys rotate."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from appliance.card.update import rauc
from appliance.card.update.channel import Unbelievable
from appliance.card.update.command import Failed
from appliance.card.update.signature import verify
from tests.card.update.conftest import Card, needs_openssl, needs_rauc
from tests.card.update.keys import Signer, bundle, keyring, signer

pytestmark = [needs_openssl]
CONTENT = b'{"format": 1}'


async def test_a_signature_of_the_keyring_holds(tmp_path: Path, maintainer: Signer, stranger: Signer) -> None:
    both = keyring(tmp_path / "both.pem", stranger, maintainer)
    await verify(CONTENT, maintainer.sign(CONTENT, tmp_path), both)
    await verify(CONTENT, stranger.sign(CONTENT, tmp_path), both)


async def test_nobody_else_s_does(tmp_path: Path, maintainer: Signer, stranger: Signer) -> None:
    mine = keyring(tmp_path / "mine.pem", maintainer)
    with pytest.raises(Unbelievable, match="nobody trusted has signed it"):
        await verify(CONTENT, stranger.sign(CONTENT, tmp_path), mine)


@pytest.mark.parametrize("content", [b'{"format": 2}', b"", CONTENT + b"\n", CONTENT.replace(b" ", b"\r\n")])
async def test_not_for_anything_else(tmp_path: Path, maintainer: Signer, content: bytes) -> None:
    mine = keyring(tmp_path / "mine.pem", maintainer)
    with pytest.raises(Unbelievable, match="nobody trusted has signed it"):
        await verify(content, maintainer.sign(CONTENT, tmp_path), mine)


@pytest.mark.parametrize("end", [0, 10, -9], ids=["empty", "short", "almost whole"])
async def test_a_signature_that_is_damaged_does_not_hold(tmp_path: Path, maintainer: Signer, end: int) -> None:
    mine = keyring(tmp_path / "mine.pem", maintainer)
    with pytest.raises(Unbelievable):
        await verify(CONTENT, maintainer.sign(CONTENT, tmp_path)[:end], mine)


async def test_without_a_keyring_nothing_holds(tmp_path: Path, maintainer: Signer) -> None:
    with pytest.raises(Unbelievable):
        await verify(CONTENT, maintainer.sign(CONTENT, tmp_path), tmp_path / "none.pem")


@needs_rauc
async def test_keys_rotate(tmp_path: Path, card: Card, maintainer: Signer) -> None:
    """The new certificate comes with a version that the old key has signed; the old one goes with a later version.

    A box that has left out the versions between can be renewed by none of the new key: what it knows is the old one.
    """
    new = signer(tmp_path, "two")
    by_old, by_new = bundle(tmp_path / "old.raucb", maintainer, "9.2.0"), bundle(tmp_path / "new.raucb", new, "9.3.0")
    assert (await rauc.info(by_old)).version == "9.2.0"
    with pytest.raises(Failed, match="nobody trusted has signed it"):
        await rauc.info(by_new)
    keyring(card.fake / "keyring.pem", maintainer, new)  # introduced
    assert {(await rauc.info(each)).version for each in (by_old, by_new)} == {"9.2.0", "9.3.0"}
    keyring(card.fake / "keyring.pem", new)  # withdrawn
    assert (await rauc.info(by_new)).version == "9.3.0"
    with pytest.raises(Failed, match="nobody trusted has signed it"):
        await rauc.info(by_old)


@needs_rauc
@pytest.mark.parametrize("kind", ["forged", "truncated", "changed"])
async def test_a_bundle_that_is_not_the_maintainer_s_is_refused(
    card: Card, bundles: Mapping[str, Path], kind: str
) -> None:
    with pytest.raises(Failed, match="nobody trusted has signed it") as caught:
        await rauc.info(bundles[kind])
    assert caught.value.lasting
