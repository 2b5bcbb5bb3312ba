"""VLANs, further wires, routes and IPv6: what becomes of their tables, and what is refused."""

import pytest

from appliance.config.machine import Card
from appliance.config.toml import read
from tests.card.conftest import ROOM, Box

FOLDER = "etc/systemd/network"
WIRED = f"{FOLDER}/10-offhook-wired.network"
WIRELESS = f"{FOLDER}/11-offhook-wifi.network"


def lines(box: Box, path: str) -> list[str]:
    """The lines of a file below its first comment."""
    return [line for line in str(box.has(path)).split("\n")[1:] if line]


def test_without_a_section_any_wire_asks_by_dhcp(box: Box) -> None:
    box.apply(ROOM)
    assert lines(box, WIRED) == [
        *("[Match]", "Type=ether", "Kind=!*", "[Network]", "DHCP=yes", "MulticastDNS=yes"),
        *(
            "[DHCPv4]",
            "RouteMetric=100",
            "ClientIdentifier=mac",
            "UseDNS=yes",
            "RequestOptions=224",
            "[DHCPv6]",
            "UseDNS=yes",
        ),
        *("[IPv6AcceptRA]", "RouteMetric=100"),
    ]


def test_a_room_s_own_network_and_the_office_as_a_vlan(box: Box) -> None:
    av = '[network]\naddress = "192.168.20.2/24"\n'
    office = '[network.vlans.office]\nid = 120\ndefault_route = true\ndomains = ["example.com"]\n'
    assert box.apply(ROOM + av + office).mistakes == ()
    assert lines(box, WIRED) == [
        *("[Match]", "Name=eth0", "[Network]", "DHCP=no", "Address=192.168.20.2/24", "MulticastDNS=yes"),
        *("VLAN=vlan120", "[IPv6AcceptRA]", "RouteMetric=100"),
    ]
    assert lines(box, f"{FOLDER}/12-offhook-vlan120.netdev") == [
        *("[NetDev]", "Name=vlan120", "Kind=vlan", "[VLAN]", "Id=120")
    ]
    assert lines(box, f"{FOLDER}/12-offhook-vlan120.network") == [
        *("[Match]", "Name=vlan120", "[Network]", "DHCP=yes", "Domains=~example.com", "MulticastDNS=yes"),
        *(
            "[DHCPv4]",
            "RouteMetric=300",
            "ClientIdentifier=mac",
            "UseDNS=yes",
            "RequestOptions=224",
            "[DHCPv6]",
            "UseDNS=yes",
        ),
        *("[IPv6AcceptRA]", "RouteMetric=300"),
    ]


def test_a_network_that_is_not_the_way_out_gives_neither_routes_nor_names(box: Box) -> None:
    assert (
        box.apply(ROOM + '[network]\ndefault_route = false\nroutes = ["10.20.0.0/16", "2001:db8:20::/48"]\n').mistakes
        == ()
    )
    assert lines(box, WIRED)[4:] == [
        *("DHCP=yes", "DNSDefaultRoute=no", "MulticastDNS=yes"),
        *(
            "[DHCPv4]",
            "RouteMetric=100",
            "ClientIdentifier=mac",
            "UseDNS=no",
            "RequestOptions=224",
            "UseRoutes=no",
            "UseGateway=no",
        ),
        *("[DHCPv6]", "UseDNS=no"),
        *("[Route]", "Destination=10.20.0.0/16", "Gateway=_dhcp4", "Metric=100"),
        *("[Route]", "Destination=2001:db8:20::/48", "Gateway=_ipv6ra", "Metric=100"),
        *("[IPv6AcceptRA]", "RouteMetric=100", "UseGateway=no", "UseDNS=no"),
    ]


def test_a_fixed_address_with_routes_and_a_metric(box: Box) -> None:
    text = '[network]\naddress = "10.0.0.7/8"\ngateway = "10.0.0.1"\nroutes = ["172.16.0.0/12"]\nmetric = 7\n'
    assert box.apply(ROOM + text + "default_route = false\n").mistakes == ()
    route = ["[Route]", "Destination=172.16.0.0/12", "Gateway=10.0.0.1", "Metric=7"]
    last = ["[IPv6AcceptRA]", "RouteMetric=7"]
    assert lines(box, WIRED)[4:] == [
        *("DHCP=no", "Address=10.0.0.7/8", "DNSDefaultRoute=no", "MulticastDNS=yes", *route, *last, "UseGateway=no"),
        "UseDNS=no",
    ]
    assert box.apply(ROOM + text).mistakes == ()
    assert lines(box, WIRED)[7:] == ["[Route]", "Gateway=10.0.0.1", "Metric=7", *route, *last]


@pytest.mark.parametrize(
    ("text", "there", "gone"),
    [
        ("ipv4 = false", ["DHCP=ipv6"], ["LinkLocalAddressing=no", "IPv6AcceptRA=no"]),
        ("ipv6 = false", ["DHCP=ipv4", "LinkLocalAddressing=no", "IPv6AcceptRA=no"], []),
        ('address = "2001:db8::30/64"\nipv4 = false\ngateway = "fe80::1"', ["DHCP=no", "Gateway=fe80::1"], []),
    ],
)
def test_one_version_of_ip_only(box: Box, text: str, there: list[str], gone: list[str]) -> None:
    assert box.apply(ROOM + f"[network]\n{text}\n").mistakes == ()
    assert set(there) <= set(lines(box, WIRED))
    assert not set(gone) & set(lines(box, WIRED))


def test_a_wire_with_vlans_only_has_no_address(box: Box) -> None:
    assert box.apply(ROOM + "[network]\nuntagged = false\n[network.vlans.a]\nid = 5\n").mistakes == ()
    assert lines(box, WIRED) == [
        *("[Match]", "Name=eth0", "[Network]", "DHCP=no", "LinkLocalAddressing=no", "IPv6AcceptRA=no", "VLAN=vlan5")
    ]


def test_a_second_wire_goes_before_the_one_that_is_any(box: Box) -> None:
    assert box.apply(ROOM + '[network.wires.office]\ninterface = "eth1"\ndefault_route = true\n').mistakes == ()
    assert lines(box, f"{FOLDER}/09-offhook-eth1.network")[:4] == ["[Match]", "Name=eth1", "[Network]", "DHCP=yes"]
    assert "RouteMetric=200" in lines(box, f"{FOLDER}/09-offhook-eth1.network")
    assert "Name=eth0" in lines(box, WIRED)


def test_what_is_not_asked_for_any_more_is_gone(box: Box) -> None:
    box.apply(ROOM + '[network.wires.a]\ninterface = "eth1"\n[network.vlans.b]\nid = 7\n[network.vlans.c]\nid = 8\n')
    own = box.root / FOLDER / "50-mine.network"
    own.write_text("mine")
    outcome = box.apply(ROOM + "[network.vlans.b]\nid = 7\n")
    assert outcome.changed == {"network"}
    assert sorted(path.name for path in (box.root / FOLDER).iterdir()) == [
        *("10-offhook-wired.network", "12-offhook-vlan7.netdev", "12-offhook-vlan7.network", "50-mine.network")
    ]
    again = box.apply()
    assert again.changed == frozenset()


def test_a_mistake_in_a_vlan_leaves_all_wires_as_they_were(box: Box) -> None:
    box.apply(ROOM + '[network]\naddress = "10.0.0.7/8"\n[network.vlans.a]\nid = 7\n')
    before = {path: text for path, text in box.all().items() if FOLDER in path}
    wifi = '[network.wifi]\nssid = "x"\ncountry = "RU"\n'
    outcome = box.apply(ROOM + '[network]\naddress = "10.0.0.8/8"\n[network.vlans.a]\nid = 4095\n' + wifi)
    assert [mistake.key for mistake in outcome.mistakes] == ["network.vlans.a.id"]
    assert {path: text for path, text in box.all().items() if FOLDER in path and "wifi" not in path} == before
    assert "Name=wlan0" in lines(box, WIRELESS)  # Wi-Fi stands by itself


VLAN = "[network.vlans.a]\nid = 7\n"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("[network]\nipv4 = false\nipv6 = false", "network.ipv6: neither `ipv4` nor `ipv6`"),
        ('[network]\naddress = "10.0.0.7/8"\nipv4 = false', "address `10.0.0.7/8` needs `ipv4 = true`"),
        ('[network]\naddress = "2001:db8::7/64"\nipv6 = false', "address `2001:db8::7/64` needs `ipv6 = true`"),
        ('[network]\nroutes = ["0.0.0.0/0"]', "routes: expected a network such as 10.20.0.0/16, not `0.0.0.0/0`"),
        ('[network]\nroutes = ["10.20.0.1"]', "routes: expected a network such as 10.20.0.0/16, not `10.20.0.1`"),
        ('[network]\nroutes = ["10.20.0.1/16"]', "routes: expected a network such as 10.20.0.0/16"),
        ('[network]\nroutes = ["fe80::%x\\n/64"]', "routes: expected a network such as 10.20.0.0/16"),
        ('[network]\naddress = "10.0.0.7/8"\nroutes = ["172.16.0.0/12"]', "`routes` with an `address` of its own need"),
        (
            '[network]\naddress = "10.0.0.7/8"\ngateway = "10.0.0.1"\nroutes = ["2001:db8::/32"]',
            "route `2001:db8::/32` cannot go by gateway `10.0.0.1`",
        ),
        (
            '[network]\naddress = "10.0.0.7/8"\ngateway = "10.0.0.1"\ndefault_route = false',
            "`gateway` is for nothing: `default_route` is false",
        ),
        ('[network]\ndomains = ["~."]', "domains: `~.` is not a domain"),
        ('[network]\ninterface = "eth0\\nDNSSEC=no"', "is not a network interface"),
        ("[network]\nmetric = 0", "network.metric"),
        ("[network]\nuntagged = false", "`untagged = false` leaves no network"),
        ('[network]\nuntagged = false\ndns = ["10.0.0.1"]\n' + VLAN, "the wire itself has no address"),
        (VLAN + "[network.vlans.b]\nid = 7", "network.vlans: VLAN 7 is there twice"),
        ('[network.wires.a]\ninterface = "eth0"', "interface `eth0` is there twice"),
        ('[network.wires.a]\ninterface = "../x"', "`../x` is not a network interface"),
        ("".join(f"[network.vlans.a{n}]\nid = {n}\n" for n in range(1, 10)), "vlans: at most 8"),
        ("[network.vlans.a]\nid = 7\nuntagged = true", "network.vlans.a.untagged: unknown key"),
    ],
)
def test_what_could_not_be_is_refused_with_its_reason(text: str, wrong: str) -> None:
    value, mistakes = read(Card, text)
    assert value is None
    (mistake,) = mistakes
    assert wrong in f"{mistake.key}: {mistake.message}"
