"""The port of `[metrics]` in the card's firewall."""

import pytest

from appliance.card.certificate import CERTIFICATE, KEY
from tests.card.conftest import ROOM, Box
from tests.card.test_share import opened

ANYWHERE = "0.0.0.0:9650"


def test_it_is_open_for_those_it_allows(box: Box) -> None:
    table = f'[metrics]\nlisten = "{ANYWHERE}"\nallow = ["192.0.2.10", "2001:db8::/64"]\n'
    assert box.apply(ROOM + table).mistakes == ()
    assert opened(box) == ["ip saddr 192.0.2.10 tcp dport 9650 accept", "ip6 saddr 2001:db8::/64 tcp dport 9650 accept"]


def test_with_a_token_alone_it_is_open_for_all(box: Box) -> None:
    token = box.root / "etc/offhook/metrics.token"
    token.parent.mkdir(parents=True, exist_ok=True)
    token.write_text("1b7f0c5d2e9a4c63")
    assert box.apply(ROOM + f'[metrics]\nlisten = "{ANYWHERE}"\ntoken_file = "{token}"\n').mistakes == ()
    assert opened(box) == ["tcp dport 9650 accept"]


@pytest.mark.parametrize("table", ["[metrics]\n", '[metrics]\nlisten = "[::1]:9650"\nallow = ["192.0.2.10"]\n'])
def test_what_nobody_else_can_reach_is_not_opened(box: Box, table: str) -> None:
    assert box.apply(ROOM + table).mistakes == ()
    assert opened(box) == []


def test_the_boxs_own_certificate_is_made_for_it(box: Box) -> None:
    table = f'[metrics]\ncertificate = "/{CERTIFICATE}"\nkey = "/{KEY}"\n'
    outcome = box.apply(ROOM + table)
    assert outcome.mistakes == ()
    assert outcome.certificate
