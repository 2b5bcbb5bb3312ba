"""What listens on one network's address is open to that network alone."""

import pytest

from tests.card.conftest import ROOM, Box
from tests.card.test_apply import NFT

NETWORKS = """\
[network]
address = "192.168.20.2/24"
[network.vlans.office]
id = 120
address = "10.0.0.2/8"
[network.wires.guests]
interface = "eth1"
address = "2001:db8::2/64"
[network.wifi]
ssid = "x"
country = "RU"
address = "172.16.0.2/16"
"""
PANEL = '[panel]\nlisten = "{}"\n'


def opened(box: Box) -> list[str]:
    return [line.strip() for line in str(box.has("etc/nftables.conf")).splitlines() if "dport 8" in line]


@pytest.mark.parametrize(
    ("listen", "rule"),
    [
        ("192.168.20.2:8443", 'iifname "eth0" tcp dport 8443 accept'),
        ("10.0.0.2:8443", 'iifname "vlan120" tcp dport 8443 accept'),
        ("[2001:db8:0::2]:8443", 'iifname "eth1" tcp dport 8443 accept'),
        ("172.16.0.2:8443", 'iifname "wlan0" tcp dport 8443 accept'),
        ("0.0.0.0:8443", "tcp dport 8443 accept"),
        ("[::]:8443", "tcp dport 8443 accept"),
        ("192.168.20.9:8443", "tcp dport 8443 accept"),
    ],
)
def test_the_interface_follows_from_the_address(box: Box, listen: str, rule: str) -> None:
    assert box.apply(ROOM + NETWORKS + PANEL.format(listen)).mistakes == ()
    assert opened(box) == [rule]


def test_a_wire_that_is_any_has_no_name(box: Box) -> None:
    box.apply(ROOM + '[network]\naddress = "192.168.20.2/24"\n' + PANEL.format("192.168.20.2:8443"))
    assert opened(box) == ["tcp dport 8443 accept"]


def test_programs_and_controllers_too(box: Box) -> None:
    share = (
        '[share]\nlisten = "192.168.20.2:8765"\nallow = ["192.0.2.7"]\n[share.clients.b]\nrole = "read"\ntoken = "{}"\n'
    )
    visca = '[visca.desk]\ntransport = "udp"\nlisten = "10.0.0.2:8259"\nallow = ["192.0.2.7"]\n'
    assert box.apply(ROOM + NETWORKS + share.format("1b7f0c5d2e9a4c63") + visca).mistakes == ()
    assert opened(box) == [
        'iifname "eth0" ip saddr 192.0.2.7 tcp dport 8765 accept',
        'iifname "vlan120" ip saddr 192.0.2.7 udp dport 8259 accept',
    ]


@pytest.mark.skipif(NFT is None, reason="nft is missing: apt install nftables")
def test_nft_would_load_it(box: Box) -> None:
    outcome = box.apply(
        ROOM + NETWORKS + PANEL.format("192.168.20.2:8443")
    )  # asks nft, and is a mistake where it would not
    assert outcome.mistakes == ()
    assert "firewall" in outcome.changed
