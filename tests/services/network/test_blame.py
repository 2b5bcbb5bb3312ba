"""A real network that is plugged, numbered and broken, in a namespace of its own; and who hears of it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.eventually import eventually

PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
ROOT = Path(__file__).parents[3]
UNSHARE = shutil.which("unshare", path=PATH)
SCRIPT = """
import functools, sys
from pathlib import Path
import trio
from appliance.language.text import Text
from appliance.room.local_events.link import LinkChanged
from appliance.room.parts.link import Link, LinkPhase
from appliance.services.network import blame
from appliance.services.store import RoomStore

blame.SETTLES = 0.05

async def main():
    store = RoomStore()
    say = lambda: print("SAID", watched.text or "right", flush=True)
    watched = blame.NetworkBlame(store, sys.argv[1], say, root=Path(sys.argv[2]))
    async with trio.open_nursery() as nursery:
        await nursery.start(watched.run)
        store.apply(LinkChanged(Link(LinkPhase.DOWN, Text("lost.failed"))))
        await trio.sleep(120)

trio.run(main)
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0, reason="needs root, for a network of its own"),
    pytest.mark.skipif(shutil.which("ip", path=PATH) is None, reason="ip is missing: apt install iproute2"),
]


class Network:
    """A namespace with `eth0` that leads to `sw0`, and a process in it that says what is wrong."""

    def __init__(self, folder: Path) -> None:
        (folder / "sys/class").mkdir(parents=True)
        (folder / "run/offhook-port").mkdir(parents=True)
        self.ports = folder / "run/offhook-port"
        # sysfs shows the interfaces of whoever mounted it
        begin = f"mount -t sysfs none /sys && ln -s /sys/class/net {folder}/sys/class/net && exec sleep 120"
        self._space = subprocess.Popen([str(UNSHARE), "--net", "--mount", "sh", "-c", begin])
        self.folder = folder
        self._said: subprocess.Popen[str] | None = None

    def close(self) -> None:
        for process in (self._said, self._space):
            if process is not None:
                process.terminate()
                process.wait(10)
        if self._said is not None and self._said.stdout is not None:
            self._said.stdout.close()

    def ip(self, words: str) -> None:
        subprocess.run(self._inside("ip", *words.split()), check=True, timeout=10, env={"PATH": PATH})

    def watch(self, terminal: str) -> None:
        self._said = subprocess.Popen(
            self._inside(sys.executable, "-c", SCRIPT, terminal, str(self.folder)),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )

    def says(self) -> str:
        """The next thing that it says; comes to an end with the namespace, which lives for two minutes."""
        assert self._said is not None
        assert self._said.stdout is not None
        lines = (line for line in self._said.stdout if line.startswith("SAID "))
        return next(lines, "").removeprefix("SAID ").strip()

    def _inside(self, *command: str) -> list[str]:
        return ["nsenter", "--net", "--mount", "--target", str(self._space.pid), *command]


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    made = Network(tmp_path)
    try:
        yield made
    finally:
        made.close()


def test_each_thing_is_said_as_it_breaks_and_comes_right(network: Network) -> None:
    eventually((network.folder / "sys/class/net").exists)
    network.watch("203.0.113.5")
    assert network.says() == "The box has no network adapter"
    network.ip("link add eth0 type veth peer name sw0")
    assert network.says() == "No network cable in eth0, or nothing at its other end"
    network.ip("link set eth0 up")
    network.ip("link set sw0 up")
    assert network.says() == "The network gives no address (eth0, DHCP)"
    new = network.ports / "eth0.new"
    new.write_text('{"phase": "refused", "why": "failed", "server": ""}')
    new.rename(network.ports / "eth0")
    assert network.says() == "The network does not let the box in (802.1X)"
    (network.ports / "eth0").unlink()
    assert network.says() == "The network gives no address (eth0, DHCP)"
    network.ip("address add 192.168.20.2/24 dev eth0")
    assert network.says() == "The terminal is in another network, and this one has no gateway"
    network.ip("route add default via 192.168.20.1")
    assert network.says() == "right"
    network.ip("neighbour add 192.168.20.1 dev eth0 nud failed")
    assert network.says() == "The gateway 192.168.20.1 does not answer"
    network.ip("neighbour replace 192.168.20.1 dev eth0 lladdr 02:00:00:00:00:01 nud reachable")
    assert network.says() == "right"
    network.ip("link set sw0 down")
    network.ip("address flush dev eth0")
    assert network.says() in {
        "No network cable in eth0, or nothing at its other end",
        "The terminal is in another network, and this one has no gateway",
    }
