"""Programs on the network: their port in the firewall, their secrets in the store, the certificate that they see."""

import stat

import pytest

from appliance.card.certificate import CERTIFICATE, KEY
from appliance.config.load import load
from tests.card.conftest import ROOM, Box

RULES = "etc/nftables.conf"
IN_FORCE = "etc/offhook/room.toml"
ALLOW = 'allow = ["192.0.2.40", "198.51.100.0/24", "2001:db8::/64"]\n'
CLIENTS = """\
[share.clients.board]
role = "read"
token = "1b7f0c5d2e9a4c63"
[share.clients."Пульт 2"]
role = "admin"
pin = "471133"
"""
SHARE = f'[share]\nlisten = "0.0.0.0:8765"\n{ALLOW}{CLIENTS}'
TLS = f'[share]\nlisten_tls = "0.0.0.0:8767"\ncertificate = "/{CERTIFICATE}"\nkey = "/{KEY}"\n{ALLOW}{CLIENTS}'
KEPT = {"offhook.share.board": "1b7f0c5d2e9a4c63\n", "offhook.share.xn-- 2-qjc6i9ae8d": "471133\n"}


def opened(box: Box) -> list[str]:
    return [line.strip() for line in str(box.has(RULES)).splitlines() if "tcp dport" in line]


def store(box: Box) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted((box.root / "etc/credstore").glob("*"))}


def test_its_ports_are_open_for_those_it_allows(box: Box) -> None:
    both = TLS.replace("[share]", '[share]\nlisten = "[::]:8765"')
    assert box.apply(ROOM + both).mistakes == ()
    assert opened(box) == [
        f"{source} tcp dport {port} accept"
        for port in (8765, 8767)
        for source in ("ip saddr 192.0.2.40", "ip saddr 198.51.100.0/24", "ip6 saddr 2001:db8::/64")
    ]


@pytest.mark.parametrize("listen", ["127.0.0.1:8765", "[::1]:8765", "0.0.0.0:0"])
def test_what_nobody_else_can_reach_is_not_opened(box: Box, listen: str) -> None:
    assert box.apply(ROOM + SHARE.replace("0.0.0.0:8765", listen)).mistakes == ()
    assert opened(box) == []


def test_secrets_of_clients_are_taken_off_the_card_and_serve_as_before(box: Box) -> None:
    assert box.apply(ROOM + SHARE).mistakes == ()
    assert store(box) == KEPT
    assert {stat.S_IMODE(path.stat().st_mode) for path in (box.root / "etc/credstore").iterdir()} == {0o600}
    for text in (box.file.read_text(), str(box.has(IN_FORCE))):
        assert text == (ROOM + SHARE).replace("1b7f0c5d2e9a4c63", "(kept)").replace("471133", "(kept)")
    again = box.apply()
    assert (again.mistakes, again.changed) == ((), frozenset())
    assert store(box) == KEPT
    share = load(box.root / IN_FORCE, box.root / "etc/credstore").share
    assert share is not None
    secrets = {name: client.secret(name, box.root / "etc/credstore") for name, client in share.clients.items()}
    assert secrets == {"board": "1b7f0c5d2e9a4c63", "Пульт 2": "471133"}


def test_a_client_that_is_gone_leaves_nothing_behind(box: Box) -> None:
    box.apply(ROOM + 'pin = "FA6"\n' + SHARE)
    board = '[share.clients.board]\nrole = "read"\ntoken = "(kept)"\n'
    assert board in box.file.read_text()
    assert box.apply(box.file.read_text().replace(board, "")).mistakes == ()
    assert store(box).keys() == {"offhook.pin", "offhook.share.xn-- 2-qjc6i9ae8d"}
    box.apply(ROOM + 'pin = "(kept)"\n')
    assert store(box).keys() == {"offhook.pin"}


def test_a_mistake_in_the_table_costs_no_secret_that_is_kept(box: Box) -> None:
    box.apply(ROOM + SHARE)
    right = box.file.read_text()
    wrong = box.apply(right.replace("listen =", "lisen =")).mistakes
    assert [mistake.key for mistake in wrong] == ["share", "share.lisen"]
    assert store(box) == KEPT
    assert box.apply(right).mistakes == ()


def test_kept_without_anything_kept_is_a_mistake_of_its_own_part(box: Box) -> None:
    outcome = box.apply(ROOM + SHARE.replace("471133", "(kept)"))
    (mistake,) = outcome.mistakes
    assert mistake.key == "share.clients.Пульт 2.pin"
    assert "this machine keeps none" in str(mistake.message)
    assert opened(box) == []


def test_a_kept_secret_that_is_weak_is_said(box: Box) -> None:
    box.apply(ROOM + SHARE)
    (box.root / "etc/credstore/offhook.share.board").write_text("short\n")
    (mistake,) = box.apply(box.file.read_text() + "\n").mistakes
    assert "`token` is easily guessed" in str(mistake.message)


def test_the_certificate_is_made_for_programs_too(box: Box) -> None:
    outcome = box.apply(ROOM + TLS)
    assert outcome.mistakes == ()
    assert box.has(CERTIFICATE) is not None
    assert len(outcome.certificate.split(":")) == 32
