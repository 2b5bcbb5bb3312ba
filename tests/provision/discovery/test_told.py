"""What leases and resolv.conf say."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.provision.discovery.told import LEASES, RESOLV, Told, told

# as systemd 257 writes it
LEASE = """\
# This is private data. Do not parse.
ADDRESS=192.0.2.77
NETMASK=255.255.255.0
ROUTER=192.0.2.1
SERVER_ADDRESS=192.0.2.1
T1=1800
DNS=192.0.2.1
DOMAINNAME=hq.example.com
DOMAIN_SEARCH_LIST=lab.example.com example.com
CLIENTID=0102030405
OPTION_224={option}
"""
URL = "https://rooms.example.com/boxes"


def machine(root: Path, lease: str | None = None, resolv: str = "") -> Told:
    (root / LEASES).mkdir(parents=True, exist_ok=True)
    (root / RESOLV).parent.mkdir(exist_ok=True)
    (root / RESOLV).write_text(resolv)
    if lease is not None:
        (root / LEASES / "2").write_text(lease)
    return told(root)


@pytest.mark.parametrize("end", ["", "00"])
def test_a_lease(tmp_path: Path, end: str) -> None:
    said = machine(tmp_path, LEASE.format(option=URL.encode().hex() + end))
    assert said.options == (URL,)
    assert said.domains == ("hq.example.com", "lab.example.com", "example.com")


def test_resolv_conf(tmp_path: Path) -> None:
    text = "# by hand\nnameserver 127.0.0.53\nnameserver fd00::1\noptions edns0\nsearch Example.com. . other.example\n"
    said = machine(tmp_path, resolv=text)
    assert said == Told((), ("example.com", "other.example"), ("127.0.0.53", "fd00::1"))


@pytest.mark.parametrize("option", ["", "zz", "f", "ff", "00"])
def test_an_option_that_is_no_text_is_none(tmp_path: Path, option: str) -> None:
    assert machine(tmp_path, LEASE.format(option=option)).options == ()


@pytest.mark.parametrize("domain", ["-a.b", "a..b", "a b/c", "x" * 64, f"{'a.' * 130}b", "ä.b", "a.b@c", "a.b:1"])
def test_a_domain_that_is_none_is_not_asked(tmp_path: Path, domain: str) -> None:
    domains = machine(tmp_path, resolv=f"search {domain}\n").domains
    assert domain not in domains
    assert set("".join(domains)) <= set("abc")


def test_a_machine_that_was_told_nothing(tmp_path: Path) -> None:
    assert told(tmp_path) == Told()


def test_the_first_interfaces_count(tmp_path: Path) -> None:
    for number in range(1, 40):
        machine(tmp_path)
        (tmp_path / LEASES / str(number)).write_text(f"OPTION_224={f'https://{number}'.encode().hex()}\n")
    assert told(tmp_path).options[:10] == tuple(f"https://{number}" for number in range(1, 11))
    assert len(told(tmp_path).options) == 16


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_any_bytes_are_read(tmp_path_factory: pytest.TempPathFactory, lease: bytes, resolv: bytes) -> None:
    root = tmp_path_factory.mktemp("root")
    machine(root)
    (root / LEASES / "2").write_bytes(lease)
    (root / RESOLV).write_bytes(b"search " + resolv)
    assert all(domain.isascii() and " " not in domain for domain in told(root).domains)
