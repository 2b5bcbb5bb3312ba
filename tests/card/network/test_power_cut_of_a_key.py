"""The power goes at each single step while a private key moves: it is on the card or in the store at every moment."""

import os
from collections.abc import Callable

import pytest

from tests.card.conftest import ROOM, Authority, Box
from tests.card.network.test_eap import CONF, KEPT_KEY, TLS
from tests.card.test_power_cut import PowerCut, failures, relative

FILES = {"ca.pem": "ca.pem", "box.pem": "locked.pem", "box.key": "locked.key"}
TEXT = ROOM + TLS + 'key_password = "for the key"\n'


@pytest.mark.slow
def test_a_key_is_never_lost(
    new_box: Callable[[str], Box], authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)
    key = (authority.folder / "locked.key").read_bytes()

    def start(name: str) -> Box:
        box = new_box(name)
        for file, source in FILES.items():
            (box.boot / file).write_bytes((authority.folder / source).read_bytes())
        box.file.write_text(TEXT)
        return box

    whole = start("whole")
    assert whole.apply().mistakes == ()
    for box in failures(start, monkeypatch, PowerCut()):
        on_card, stored = box.boot / "box.key", box.root / KEPT_KEY
        assert (on_card.exists() and on_card.read_bytes() == key) or stored.read_bytes() == key
        if (box.root / CONF).exists():
            assert stored.read_bytes() == key
        assert box.apply().mistakes == ()
        assert relative(box) == relative(whole)
