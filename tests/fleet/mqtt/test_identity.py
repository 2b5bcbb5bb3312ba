"""Two boxes of one name: seen when both are there, and quiet about it."""

import msgspec
import pytest

from appliance.fleet.mqtt.identity import AGAIN, FORGOTTEN, Identity, Twins


class Network:
    """Two boxes of one name, and the broker between them, who keeps what was said last."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.kept = b""
        self.boxes = {name: Twins(name, lambda: self.now) for name in ("a", "b")}
        self.said = 0

    def connect(self, name: str) -> None:
        if self.kept:
            self.boxes[name].hear(self.kept, kept=True)
        self.say(name)

    def say(self, name: str) -> None:
        waiting = [name]
        while waiting:
            self.said += 1
            assert self.said < 100, "they go on for ever"
            self.kept = msgspec.json.encode(Identity(machine=waiting.pop()))
            waiting += [name for name, box in self.boxes.items() if box.hear(self.kept, kept=False)]


def test_a_box_by_itself_has_no_twin() -> None:
    network = Network()
    del network.boxes["b"]
    network.connect("a")
    network.connect("a")
    assert network.boxes["a"].other == ""
    assert not network.boxes["a"].notice
    assert not network.boxes["a"].refusal


def test_the_box_that_this_one_replaces_is_no_twin() -> None:
    network = Network()
    old = network.boxes.pop("b")
    network.kept = msgspec.json.encode(Identity(machine="b"))
    network.connect("a")
    assert (network.boxes["a"].other, old.other) == ("", "")
    assert b'"a"' in network.kept


def test_both_see_each_other_and_then_keep_quiet() -> None:
    network = Network()
    network.connect("a")
    network.connect("b")
    assert (network.boxes["a"].other, network.boxes["b"].other) == ("b", "a")
    assert network.boxes["a"].notice.params == {"machine": "b"}
    assert network.boxes["b"].refusal
    assert network.said <= 4


def test_they_are_seen_for_as_long_as_both_are_there() -> None:
    network = Network()
    network.connect("a")
    network.connect("b")
    for _ in range(20):
        network.now += AGAIN + 1
        network.say("a")
        assert network.boxes["b"].other == "a"
        assert network.boxes["a"].other == "b"
    assert network.said < 70


def test_when_the_other_is_gone_it_is_over_after_a_while() -> None:
    network = Network()
    network.connect("a")
    network.connect("b")
    del network.boxes["b"]
    network.now = network.boxes["a"].over_at
    assert network.boxes["a"].other == ""
    assert FORGOTTEN > 3 * AGAIN


@pytest.mark.parametrize("payload", [b"", b"null", b"{}", b'{"machine": 5}', b"\xff\xfe", b"x" * 5000])
def test_what_is_no_identity_makes_no_conflict(payload: bytes) -> None:
    twins = Twins("a", lambda: 1000.0)
    assert twins.hear(payload, kept=False), "ours is said over it"
    assert twins.other == ""
