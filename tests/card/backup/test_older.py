"""A backup that offhook 0.1.0 made, byte for byte: whatever the format becomes, boxes have files of this one."""

from tests.card.backup.conftest import PASSPHRASE
from tests.card.backup.test_restore import restore
from tests.card.backup.test_sealed import FILE
from tests.card.conftest import Box


def test_the_first_format_is_still_restored(saturn: Box) -> None:
    content = FILE.read_bytes()
    restore(saturn, content)
    assert saturn.apply().mistakes == ()
    assert 'name = "Neptune"' in saturn.file.read_text()
    assert saturn.has("etc/credstore/offhook.pin") == "PLANTED-PIN\n"
    assert saturn.has("etc/credstore/offhook.wifi") == "PLANTED-WIFI\n"
    assert saturn.has("var/lib/offhook/presets.json") == '{"1": "PLANTED-PRESET"}'
    assert PASSPHRASE.encode() not in content
