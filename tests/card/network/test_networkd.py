"""A real systemd-networkd takes the files: addresses, VLANs and routes are there, and no line is foreign to it."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.card.conftest import ROOM, Box
from tests.eventually import eventually

PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
NETWORKD = Path("/usr/lib/systemd/systemd-networkd")
UNSHARE = shutil.which("unshare", path=PATH)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0, reason="needs root, for a network of its own"),
    pytest.mark.skipif(not NETWORKD.exists(), reason="systemd-networkd is missing: apt install systemd"),
    pytest.mark.skipif(shutil.which("ip", path=PATH) is None, reason="ip is missing: apt install iproute2"),
]

WIRES = """\
[network]
address = "192.168.20.2/24"
gateway = "192.168.20.1"
default_route = false
routes = ["10.20.0.0/16"]
domains = ["av.example.com"]
dns = ["192.168.20.1"]
[network.wires.office]
interface = "eth1"
address = "10.0.0.2/8"
gateway = "10.0.0.1"
default_route = true
[network.wires.v6]
interface = "eth2"
ipv4 = false
address = "2001:db8::2/64"
gateway = "2001:db8::1"
default_route = true
[network.wires.learns]
interface = "eth3"
routes = ["10.30.0.0/16", "2001:db8:30::/48"]
[network.wifi]
ssid = "x"
country = "RU"
ipv6 = false
"""
VLANS = """\
[network]
untagged = false
[network.vlans.office]
id = 120
address = "10.0.0.2/8"
gateway = "10.0.0.1"
default_route = true
"""
LEARNS = """\
[network]
address = "192.168.20.2/24"
[network.wires.office]
interface = "eth1"
default_route = true
[network.wires.equipment]
interface = "eth2"
routes = ["10.30.0.0/16", "2001:db8:30::/48"]
[network.wires.v6]
interface = "eth3"
ipv4 = false
"""
# a switch that gives addresses, by systemd-networkd's own servers
SERVER = """\
[Match]
Name=sw{n}
[Network]
Address=10.{n}.0.1/24
Address=2001:db8:{n}::1/64
DHCPServer=yes
IPv6SendRA=yes
[DHCPServer]
EmitDNS=yes
DNS=10.{n}.0.53
[IPv6SendRA]
RouterLifetimeSec=1800
[IPv6Prefix]
Prefix=2001:db8:{n}::/64
"""
FOREIGN = ("unknown key", "unknown section", "failed to parse", "invalid", "not allowed")


class Machine:
    """Namespaces with `eth0`, `eth1` and a systemd-networkd that has a card's files."""

    def __init__(self, box: Box, folder: Path) -> None:
        self._log = (folder / "log").open("w+")
        begin = (
            "mount -t tmpfs none /run && mkdir -p /run/systemd/netif/links /run/systemd/netif/leases && "
            "chown -R systemd-network /run/systemd/netif && mount -t sysfs -o ro none /sys && "
            f"mount --bind {box.root}/etc/systemd/network /etc/systemd/network && "
            "for n in 0 1 2 3; do ip link add eth$n type veth peer name sw$n && ip link set sw$n up; done && "
            f"exec {NETWORKD}"
        )
        self._process = subprocess.Popen(
            [str(UNSHARE), "--net", "--mount", "sh", "-c", begin],
            stdout=self._log,
            stderr=self._log,
            env={"PATH": PATH, "SYSTEMD_LOG_TARGET": "console"},
        )

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(20)
        self._log.close()

    def ip(self, words: str) -> str:
        inside = ["nsenter", "--net", "--target", str(self._process.pid), "ip", *words.split()]
        return subprocess.run(inside, capture_output=True, text=True, timeout=10, env={"PATH": PATH}).stdout

    def log(self) -> str:
        self._log.flush()
        return Path(self._log.name).read_text()


@pytest.fixture
def started(box: Box, tmp_path: Path) -> Iterator[Callable[[str], Machine]]:
    made: list[Machine] = []

    def start(text: str) -> Machine:
        assert box.apply(ROOM + text).mistakes == ()
        made.append(Machine(box, tmp_path))
        return made[0]

    yield start
    for machine in made:
        machine.close()


def no_line_is_foreign(machine: Machine) -> bool:
    return not any(words in machine.log().lower() for words in FOREIGN)


def test_wires_are_as_the_card_says(started: Callable[[str], Machine]) -> None:
    machine = started(WIRES)
    eventually(lambda: "default via 10.0.0.1" in machine.ip("route"))
    eventually(lambda: "10.20.0.0/16" in machine.ip("route"))
    eventually(lambda: "default via 2001:db8::1" in machine.ip("-6 route"))
    routes, routes6 = machine.ip("route"), machine.ip("-6 route")
    assert "192.168.20.2/24" in machine.ip("address show eth0")
    assert "10.0.0.2/8" in machine.ip("address show eth1")
    assert "inet " not in machine.ip("address show eth2")
    assert "default via 10.0.0.1 dev eth1 proto static metric 200" in routes
    assert "10.20.0.0/16 via 192.168.20.1 dev eth0 proto static metric 100" in routes
    assert "default via 2001:db8::1 dev eth2 proto static metric 201" in routes6
    assert "default via 192.168.20.1" not in routes
    assert no_line_is_foreign(machine), machine.log()


def test_what_a_network_gives_is_taken_as_the_card_says(started: Callable[[str], Machine], box: Box) -> None:
    folder = box.root / "etc/systemd/network"
    folder.mkdir(parents=True)
    for n in (1, 2, 3):
        (folder / f"50-sw{n}.network").write_text(SERVER.format(n=n))
    machine = started(LEARNS)
    eventually(lambda: "default via 10.1.0.1 dev eth1" in machine.ip("route"))
    eventually(lambda: "10.30.0.0/16 via 10.2.0.1 dev eth2" in machine.ip("route"))
    eventually(lambda: "dev eth1" in machine.ip("-6 route show default"))
    eventually(lambda: "2001:db8:30::/48" in machine.ip("-6 route"))
    eventually(lambda: "2001:db8:3:" in machine.ip("address show eth3"))
    routes, routes6 = machine.ip("route"), machine.ip("-6 route")
    assert "metric 200" in machine.ip("route show default")
    assert machine.ip("route show default").count("default") == 1, routes
    assert machine.ip("-6 route show default").count("default") == 1, routes6
    assert "dev eth2" in machine.ip("-6 route show 2001:db8:30::/48")
    assert "inet 10." not in machine.ip("address show eth3")
    assert no_line_is_foreign(machine), machine.log()


def test_vlans_are_as_the_card_says(started: Callable[[str], Machine]) -> None:
    machine = started(VLANS)
    eventually(lambda: "stacked netdev" in machine.log() or "vlan120" in machine.ip("link"))
    assert no_line_is_foreign(machine), machine.log()
    if not vlans_are_possible():
        pytest.skip("this kernel has no VLANs")
    eventually(lambda: "default via 10.0.0.1 dev vlan120 proto static metric 300" in machine.ip("route"))
    assert "vlan protocol 802.1Q id 120" in machine.ip("-d link show vlan120")
    assert "inet" not in machine.ip("address show eth0")


def test_a_foreign_line_would_be_noticed(started: Callable[[str], Machine], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appliance.card.network.networkd.strict", lambda text, _template: text + "Nonsense=1\n")
    machine = started(VLANS)
    eventually(lambda: not no_line_is_foreign(machine))


def vlans_are_possible() -> bool:
    tried = "ip link add a0 type dummy && ip link add link a0 name v0 type vlan id 5"
    return subprocess.run([str(UNSHARE), "--net", "sh", "-c", tried], capture_output=True, timeout=10).returncode == 0
