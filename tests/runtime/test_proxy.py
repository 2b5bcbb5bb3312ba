"""The proxy, from `room.toml` to whoever fetches."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.card.apply import apply
from appliance.config.machine import Card
from appliance.config.toml import read
from appliance.runtime.direct import is_direct
from appliance.runtime.fetch import Way
from appliance.runtime.proxy import Unreadable, environment, way

ROOM = '[room]\nname = "Neptune"\n[terminal]\nhost = "192.168.1.20"\n'
PROXY = '[network]\nproxy = "http://proxy.example.com:3128/"\n'
PROXY += 'no_proxy = ["*.intra.example.com", "10.0.0.0/8", "192.0.2.7"]\n'
USER = 'proxy_user = "room 3"\nproxy_password = "p@ss:wörd"\n'


class Machine:
    def __init__(self, folder: Path) -> None:
        self.boot, self.root = folder / "boot", folder / "root"
        self.boot.mkdir()
        self.place, self.store = self.root / "etc/offhook/proxy.json", self.root / "etc/credstore"

    def apply(self, text: str) -> None:
        (self.boot / "room.toml").write_text(ROOM + text)
        assert apply(self.boot, self.root).mistakes == ()

    def way(self) -> Way:
        return way(self.place, self.store)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_without_one_everything_is_fetched_directly(machine: Machine) -> None:
    machine.apply("")
    assert machine.way() == Way()
    assert environment(machine.place, machine.store) == {}


@pytest.mark.parametrize(
    ("host", "by_proxy"),
    [
        *(("updates.example.org", True), ("192.0.2.8", True), ("2001:db8::1", True), ("11.0.0.1", True)),
        *(("notintra.example.com", True), ("example.com", True)),
        *(("localhost", False), ("127.0.0.1", False), ("[::1]", False), ("fe80::1%eth0", False)),
        *(("intra.example.com", False), ("a.b.INTRA.example.com.", False), ("10.1.2.3", False), ("192.0.2.7", False)),
    ],
)
def test_who_is_reached_by_it(machine: Machine, host: str, *, by_proxy: bool) -> None:
    machine.apply(PROXY)
    assert machine.way().proxy_to(host) == ("http://proxy.example.com:3128" if by_proxy else None)


def test_its_secret_leaves_the_card_and_stands_nowhere_else(machine: Machine) -> None:
    machine.apply(PROXY + USER)
    assert 'proxy_password = "(kept)"' in (machine.boot / "room.toml").read_text()
    assert "wörd" not in machine.place.read_text()
    assert "3%B6rd" not in repr(machine.way())
    url = "http://room%203:p%40ss%3Aw%C3%B6rd@proxy.example.com:3128"
    assert machine.way().proxy == url
    assert environment(machine.place, machine.store) == {
        "http_proxy": url,
        "https_proxy": url,
        "no_proxy": "localhost,127.0.0.0/8,::1,intra.example.com,10.0.0.0/8,192.0.2.7/32",
    }


def test_the_service_gets_the_secret_from_systemd(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    machine.apply(PROXY + USER)
    (tmp_path / "offhook.proxy").write_text("another\n")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert machine.way().proxy == "http://room%203:another@proxy.example.com:3128"


def test_a_secret_or_file_that_is_gone_is_said_and_not_gone_around(machine: Machine) -> None:
    machine.apply(PROXY + USER)
    (machine.store / "offhook.proxy").unlink()
    with pytest.raises(Unreadable, match=re.escape("credential offhook.proxy")):
        machine.way()
    for content in ("{", "[]", json.dumps({"host": "a", "port": "1"}), "\0"):
        machine.place.write_text(content)
        with pytest.raises(Unreadable, match=re.escape("proxy.json")):
            machine.way()


def test_taken_out_it_leaves_nothing_behind(machine: Machine) -> None:
    machine.apply(PROXY + USER)
    machine.apply("")
    assert not machine.place.exists()
    assert not list(machine.store.iterdir())


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('proxy = "proxy.example.com:3128"', "expected http://HOST:PORT"),
        ('proxy = "socks5://proxy:1080"', "expected http://HOST:PORT"),
        ('proxy = "http://proxy:0"', "expected http://HOST:PORT"),
        ('proxy = "http://10.0.0.300:3128"', "expected http://HOST:PORT"),
        ('proxy = "http://u:p@proxy:3128"', "expected `proxy_user` and `proxy_password`"),
        ('no_proxy = ["example.com"]', "`no_proxy` needs `proxy` beside it"),
        ('proxy = "http://proxy:3128"\nproxy_user = "a"', "`proxy_user` and `proxy_password` belong together"),
        ('proxy = "http://p:1"\nproxy_user = "a:b"\nproxy_password = "c"', "such as a colon"),
        ('proxy = "http://p:1"\nno_proxy = ["10.0.0.1/8"]', "is none of: a domain (example.com), an address"),
    ],
)
def test_what_could_not_be_is_refused(text: str, wrong: str) -> None:
    value, (mistake,) = read(Card, f"[network]\n{text}\n")
    assert value is None
    assert wrong in str(mistake.message)


@given(st.text(max_size=40), st.lists(st.text(max_size=20), max_size=3))
def test_any_host_has_an_answer(host: str, entries: list[str]) -> None:
    is_direct(host, ("example.com", "10.0.0.0/8", *entries))
