"""What a card says never becomes a line of its own in a file of the system: accepted means that the files parse."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appliance.card.firewall import firewall
from appliance.card.stamp import STAMP, stamp
from appliance.config.load import parse
from appliance.config.machine import Card
from appliance.config.toml import read
from appliance.language.text import Text, Unusable
from tests.card.conftest import KEY, ROOM, Authority, Box
from tests.card.templates import PLAIN, foreign, generated

FIELD: dict[str, Any] = tomllib.loads(Path(__file__).parents[1].joinpath("config/field.toml").read_text())
NASTY: Final = st.text(st.sampled_from("\n\r\t\0\x1b\x7f\x85\u2028[]{}()\"'\\#;=%$ `,/:.-a1é\u202e"), max_size=8)


def near(*good: str) -> st.SearchStrategy[str]:
    """A value that is right, one with something in it or after it, and anything."""
    right = st.sampled_from(good)
    return right | st.builds("{}{}".format, right, NASTY) | st.builds("{1}{0}".format, right, NASTY) | NASTY


NAME = near("Neptune", 'Room "3" [left]', "eth0%n")
ADDRESSES = near("192.168.1.1", "fe80::1", "2001:db8::1", "fe80::1%eth0", "fe80::1%x\nDNSSEC=no\n")
WITH_PREFIX = near("192.168.1.30/24", "2001:db8::30/64", "fe80::30%eth0/64", "0.0.0.0/24", "10.0.0.7/255.0.0.0")
ALLOWED = near("192.0.2.7", "192.0.2.0/24", "2001:db8::/64", "fe80::1%eth0", "fe80::1%a accept\n\t\taccept")
LISTEN = near("192.0.2.5:1259", "[2001:db8::5]:1259", "[fe80::1%eth0]:1259", "[fe80::1%x\n]:1259")
SERVERS = near("ntp.example.com", "192.0.2.123", "2001:db8::7b", "a\nb")
ZONES = near("Europe/Moscow", "Etc/UTC", "../../etc/passwd")
PASSPHRASES = near("long enough", ' "quoted" # ', "  outer spaces  ", 'a"\n}\nnetwork={\n', "[brackets] = \\")
KEYS = near(KEY, KEY + "\nssh-rsa AAAA", KEY.removesuffix(" admin"), f'command="x" {KEY}')
PINS = near("FA6", "471133", "two\nlines", ' " ')


ADDRESSING: dict[str, st.SearchStrategy[Any]] = {
    "address": WITH_PREFIX,
    "gateway": ADDRESSES,
    "dns": st.lists(ADDRESSES, max_size=3),
    "ipv4": st.booleans(),
    "ipv6": st.booleans(),
    "default_route": st.booleans(),
    "routes": st.lists(near("10.20.0.0/16", "2001:db8::/32", "10.0.0.0/8\nGateway=::1"), max_size=2),
    "domains": st.lists(near("example.com", "a.b\nDNSSEC=no", "~."), max_size=2),
    "metric": st.sampled_from([0, 1, 50, 9999]),
}
CHECKED: dict[str, st.SearchStrategy[Any]] = {
    "method": st.sampled_from(["peap", "ttls"]),
    "identity": near("room-3", 'a"\n}\nnetwork={'),
    "password": near("secret", '"', "x\n\tpriority=1"),
    "ca": near("ca.pem", "../ca.pem"),
    "server": near("radius.example.com", 'x.y"\n'),
}
EAP: dict[str, st.SearchStrategy[Any]] = {
    "anonymous_identity": near("anonymous@example.com", '"#'),
    "inner": st.sampled_from(["mschapv2", "pap"]),
}


def said(value: object) -> str:
    """A value in TOML; a table is the clients of `[share]`, each with its PIN."""
    if isinstance(value, dict):
        clients = (f'{said(name)} = {{ role = "read", pin = {said(pin)} }}' for name, pin in value.items())
        return f"{{ {', '.join(clients)} }}"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


@st.composite
def cards(draw: st.DrawFn) -> str:
    """A card with any of its values; what is left out is left to its default."""
    tables: dict[str, dict[str, st.SearchStrategy[Any]]] = {
        "network": ADDRESSING | {"interface": near("eth0", "eth1", "eth0\n[Link]"), "untagged": st.booleans()},
        "network.vlans.office": ADDRESSING,
        "network.wires.more": ADDRESSING,
        "network.eap": EAP,
        "network.wifi": ADDRESSING | {"password": PASSPHRASES, "wpa3_only": st.booleans()},
        "network.wifi.eap": EAP,
        "time": {"zone": ZONES, "servers": st.lists(SERVERS, max_size=3)},
        "ssh": {"keys": st.lists(KEYS, max_size=3)},
        "visca.desk": {"discovery": near("192.0.2.255:52380")},
        "panel": {},
        "share": {"listen_tls": LISTEN},
    }
    needed: dict[str, dict[str, st.SearchStrategy[Any]]] = {
        "network.vlans.office": {"id": st.just(120)},
        "network.wires.more": {"interface": near("eth1")},
        "network.eap": CHECKED,
        "network.wifi.eap": CHECKED,
        "network.wifi": {"ssid": near("Guests", "\0\n"), "country": near("RU")},
        "visca.desk": {
            "transport": st.sampled_from(["udp", "tcp", "sony-udp"]),
            "listen": LISTEN,
            "allow": st.lists(ALLOWED, min_size=1, max_size=3),
        },
        "panel": {"listen": near("0.0.0.0:8080", "[::1]:8080", "[fe80::1%x\n]:80")},
        "share": {
            "listen": LISTEN,
            "allow": st.lists(ALLOWED, min_size=1, max_size=3),
            "clients": st.dictionaries(near("board", "Пульт"), PINS, min_size=1, max_size=2),
        },
    }
    lines = ["[room]", f"name = {said(draw(NAME))}", "[terminal]", f"host = {said(draw(near('192.168.1.20')))}"]
    lines += [f"pin = {said(draw(PINS))}"] if draw(st.booleans()) else []
    for table in sorted(draw(st.sets(st.sampled_from(list(tables))))):
        some = draw(st.sets(st.sampled_from(sorted(tables[table])))) if tables[table] else set()
        values = needed.get(table, {}) | {key: tables[table][key] for key in sorted(some)}
        lines += [f"[{table}]", *(f"{key} = {said(draw(value))}" for key, value in values.items())]
    return "\n".join((*lines, ""))


@pytest.fixture(scope="module")
def beside(authority: Authority) -> dict[str, bytes]:
    return {"ca.pem": authority.certificate.read_bytes()}


@pytest.mark.slow
@settings(max_examples=500, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(text=cards())
def test_what_is_accepted_has_no_line_that_the_template_lacks(beside: dict[str, bytes], text: str) -> None:
    files, mistakes = generated(text, beside)
    for path, content in files.items():
        assert foreign(path, content, PLAIN.get(path, "")) == []
    assert not [mistake for mistake in mistakes if "could not be applied" in mistake]  # found before, or not at all


@pytest.mark.parametrize("case", FIELD["generated"], ids=lambda case: case["name"])
def test_what_would_break_a_file_is_refused_with_its_reason(case: dict[str, Any]) -> None:
    files, mistakes = generated(ROOM + case["text"])
    assert len(mistakes) == 1
    assert case["reason"] in mistakes[0]
    assert {path: text for path, text in files.items() if text != PLAIN[path]} == {}


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("192.168.001.30/24", None),
        ("10.0.0.7/255.0.0.0", "10.0.0.7/8"),
        ("2001:DB8:0::30/064", "2001:db8::30/64"),
    ],
)
def test_an_address_is_written_as_it_was_understood(written: str, means: str | None) -> None:
    files, mistakes = generated(ROOM + f'[network]\naddress = "{written}"\n')
    assert bool(mistakes) == (means is None)
    assert (f"Address={means}\n" in files["etc/systemd/network/10-offhook-wired.network"]) == (means is not None)


def test_a_pass_phrase_keeps_its_spaces_when_it_is_kept(box: Box) -> None:
    wifi = '[network.wifi]\nssid = "x"\ncountry = "RU"\npassword = "  1234  "\n'
    for _ in range(2):
        assert box.apply(ROOM + wifi).mistakes == ()
        assert '\tpsk="  1234  "\n' in str(box.has("etc/wpa_supplicant/wpa_supplicant-wlan0.conf"))
        wifi = wifi.replace("  1234  ", "(kept)") + "hidden = true\n"


def test_a_kept_pass_phrase_that_no_access_point_has_is_said(box: Box) -> None:
    store = box.root / "etc/credstore"
    store.mkdir(parents=True)
    (store / "offhook.wifi").write_text('eight 8"\n}\n')
    box.apply(ROOM + '[network.wifi]\nssid = "x"\ncountry = "RU"\npassword = "(kept)"\n')
    assert box.has("etc/wpa_supplicant/wpa_supplicant-wlan0.conf") is None
    assert "`password` of a Wi-Fi has 8 to 63 characters" in str(box.errors())


@pytest.fixture
def nft_refuses(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An nft that takes no rule about port 8080."""
    nft = tmp_path / "nft"
    nft.write_text(
        "#!/bin/sh\nif grep -q 8080; then echo '-:9:1-2: Error: syntax error, unexpected junk' >&2; exit 1; fi\n"
    )
    nft.chmod(0o755)
    monkeypatch.setattr("appliance.card.nft.PLACES", str(tmp_path))
    return nft


@pytest.mark.usefixtures("nft_refuses")
def test_rules_that_do_not_load_leave_everything_closed_and_are_said(box: Box) -> None:
    text = ROOM + '[panel]\nlisten = "0.0.0.0:{}"\n'
    assert box.apply(text.format(8081)).mistakes == ()
    assert "tcp dport 8081" in str(box.has("etc/nftables.conf"))
    outcome = box.apply(text.format(8080))
    assert "firewall" in outcome.changed
    assert box.has("etc/nftables.conf") == PLAIN["etc/nftables.conf"]
    assert "policy drop" in PLAIN["etc/nftables.conf"]
    assert "firewall could not be applied: nft, line 9: syntax error, unexpected junk" in str(box.errors())
    assert box.has(STAMP) == stamp(text.format(8081).encode())  # so that the next boot tries again


def test_rules_that_cannot_be_made_leave_everything_closed_and_are_said(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> Iterator[str]:
        raise Unusable(Text("verbatim", words="no rules"))

    monkeypatch.setattr("appliance.card.firewall._opened", broken)
    box.apply(ROOM)
    monkeypatch.undo()
    assert box.has("etc/nftables.conf") == PLAIN["etc/nftables.conf"]
    assert "firewall could not be applied: no rules" in str(box.errors())


def test_a_network_that_does_not_parse_stays_as_it_was(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    wired = "etc/systemd/network/10-offhook-wired.network"
    box.apply(ROOM + '[network]\naddress = "10.0.0.7/8"\n')
    before = box.has(wired)
    monkeypatch.setattr("appliance.card.network.networkd._addressing", lambda _: iter(["DNS=::1\nDNSSEC=no"]))
    box.apply(ROOM)
    assert box.has(wired) == before
    assert "network could not be applied: DNSSEC=no is not a line of this file" in str(box.errors())


def test_scopes_are_written_nowhere() -> None:
    card, _ = read(Card, '[network]\ndns = ["fe80::1%eth0"]\n')
    assert card is None
    config = parse(
        ROOM + '[visca.x]\ntransport = "udp"\nlisten = "192.0.2.1:1259"\nallow = ["10.0.0.0/255.0.0.0"]\n', Path("x")
    )
    (rules,) = firewall(config, ssh=False).values()
    assert "ip saddr 10.0.0.0/8 udp dport 1259 accept" in str(getattr(rules, "text", ""))
