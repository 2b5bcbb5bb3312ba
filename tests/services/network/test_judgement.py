"""What is wrong with the box's own network, from the plug upwards."""

import ipaddress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.language.english import SENTENCES
from appliance.services.network.facts import Facts, Gateway, Interface, Port
from appliance.services.network.judgement import judged

BESIDE, BEYOND, NAME = "192.168.20.5", "203.0.113.5", "terminal.example.com"
OWN = (ipaddress.ip_interface("192.168.20.2/24"),)
UP = Interface("eth0", carrier=True, addresses=OWN)
SUBJECT = "/CN=radius.example.com"


def gateway(*, answers: bool | None, address: str = "192.168.20.1") -> Gateway:
    return Gateway(ipaddress.ip_address(address), "eth0", answers)


def port(phase: str, why: str = "", server: str = "", **more: Any) -> Interface:  # of Interface
    return Interface("eth0", port=Port(phase, why, server), **{"carrier": True, **more})


CASES: list[tuple[Facts, str, str]] = [
    (Facts(), BESIDE, "The box has no network adapter"),
    (Facts((Interface("eth0"),)), BESIDE, "No network cable in eth0, or nothing at its other end"),
    (Facts((Interface("eth0"), Interface("wlan0", wireless=True))), BESIDE, "No network cable in eth0, or nothing at"),
    (
        Facts((Interface("eth0"), Interface("wlan0", wireless=True, port=Port("nobody")))),
        BESIDE,
        "The Wi-Fi is not found",
    ),
    (
        Facts((Interface("wlan0", wireless=True, port=Port("refused", "wrong_key")),)),
        BESIDE,
        "The Wi-Fi refuses the password",
    ),
    (Facts((Interface("eth0", carrier=True),)), BESIDE, "The network gives no address (eth0, DHCP)"),
    (Facts((port("open"),)), BESIDE, "The network gives no address (eth0, DHCP)"),
    (Facts((port("starting"),)), BESIDE, "The network gives no address (eth0, DHCP)"),
    (Facts((port("asking"),)), BESIDE, "The network asks who the box is (eth0, 802.1X)"),
    (Facts((port("asking", carrier=False),)), BESIDE, "No network cable in eth0"),
    (Facts((port("refused", "failed"),)), BESIDE, "The network does not let the box in (802.1X)"),
    (
        Facts((port("refused", "wrong_name", SUBJECT),)),
        BESIDE,
        "The network's server is another than room.toml says: /CN=radius.example.com",
    ),
    (Facts((port("refused", "untrusted", SUBJECT),)), BESIDE, "The authority in room.toml has not signed"),
    (Facts((port("refused", "not_yet_valid", SUBJECT),)), BESIDE, "is not valid at the time of this box's clock: /CN"),
    (Facts((port("refused", "expired", SUBJECT),)), BESIDE, "is not valid at the time of this box's clock: /CN"),
    (Facts((port("refused", "revoked", SUBJECT),)), BESIDE, "cannot be accepted: /CN=radius.example.com"),
    (Facts((port("refused", "failed", addresses=OWN),)), BESIDE, "The network does not let the box in (802.1X)"),
    (Facts((UP,)), BESIDE, ""),
    (Facts((UP,), (gateway(answers=False),)), BESIDE, ""),  # nobody needs it
    (Facts((UP,)), BEYOND, "The terminal is in another network, and this one has no gateway"),
    (Facts((UP,), (gateway(answers=None),)), BEYOND, ""),
    (Facts((UP,), (gateway(answers=True),)), BEYOND, ""),
    (Facts((UP,), (gateway(answers=False),)), BEYOND, "The gateway 192.168.20.1 does not answer"),
    (Facts((UP,), (gateway(answers=False),)), NAME, "The gateway 192.168.20.1 does not answer"),
    (Facts((UP,), (gateway(answers=False), gateway(answers=True, address="fe80::1"))), BEYOND, ""),
    (Facts((UP,), (), ()), NAME, "The network has no name server, and the terminal is known by name"),
    (Facts((UP,), (), ()), "terminal.local", ""),
    (Facts((UP,), (), None), NAME, ""),
    (Facts((UP,), (), ("192.168.20.1",)), NAME, ""),
    (
        Facts((Interface("eth0", carrier=True, addresses=OWN, portal="https://login.example.com/"),)),
        BEYOND,
        "This network wants somebody to log in at https://login.example.com/",
    ),
    (Facts((UP,)), "fe80::5%eth0", ""),
    (
        Facts((Interface("eth0", carrier=True, addresses=(ipaddress.ip_interface("2001:db8::2/64"),)),)),
        "2001:db8::5",
        "",
    ),
]


@pytest.mark.parametrize(("facts", "terminal", "said"), CASES, ids=range(len(CASES)))
def test_the_first_thing_that_is_wrong_is_said(facts: Facts, terminal: str, said: str) -> None:
    found = str(judged(facts, terminal))
    assert found.startswith(said) or said in found
    assert bool(said) == bool(found)


def test_every_sentence_about_the_network_is_said_in_some_case() -> None:
    said = {judged(facts, terminal).key for facts, terminal, _ in CASES}
    assert {key for key in SENTENCES if key.startswith("network.")} <= said


ANY_PORT = st.builds(
    Port, st.sampled_from(["", "starting", "asking", "open", "refused", "nobody"]), st.text(max_size=9)
)
ANY_INTERFACE = st.builds(
    Interface,
    st.sampled_from(["eth0", "eth1", "wlan0", "vlan7"]),
    wireless=st.booleans(),
    carrier=st.booleans(),
    port=ANY_PORT,
    addresses=st.lists(st.sampled_from([*OWN, ipaddress.ip_interface("2001:db8::2/64")]), max_size=2).map(tuple),
)
ANY_GATEWAY = st.builds(
    Gateway,
    st.sampled_from([ipaddress.ip_address("192.168.20.1"), ipaddress.ip_address("fe80::1")]),
    st.just("eth0"),
    st.sampled_from([None, True, False]),
)


@given(
    st.builds(
        Facts,
        st.lists(ANY_INTERFACE, max_size=4).map(tuple),
        st.lists(ANY_GATEWAY, max_size=3).map(tuple),
        st.sampled_from([None, (), ("192.0.2.1",)]),
    ),
    st.sampled_from([BESIDE, BEYOND, NAME, "x.local", "2001:db8::5", "fe80::1%eth0"]) | st.text(max_size=20),
)
def test_whatever_is_known_there_is_a_judgement_in_whole_words(facts: Facts, terminal: str) -> None:
    found = judged(facts, terminal)
    assert not found or found.key in SENTENCES
    if not any(each.addresses for each in facts.interfaces):
        assert found  # without an address there is something to say
