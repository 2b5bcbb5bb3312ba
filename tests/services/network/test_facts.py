"""What the box knows of its networks, from folders like the system's own."""

import ipaddress
import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from appliance.runtime import netlink
from appliance.runtime.netlink import HasAddress, HasGateway, Neighbour, attributes, messages
from appliance.services.network.facts import Facts, Gateway, Interface, Kernel, Port, asked, facts

OWN = ipaddress.ip_interface("192.168.20.2/24")
ROUTER = ipaddress.ip_address("192.168.20.1")


def written(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


def test_nothing_that_can_be_read_is_nothing_known(tmp_path: Path) -> None:
    assert facts(Kernel(), tmp_path) == Facts()


def test_what_system_and_kernel_say_comes_together(tmp_path: Path) -> None:
    net = "sys/class/net"
    written(
        tmp_path,
        {
            f"{net}/lo/ifindex": "1\n",
            f"{net}/eth0/ifindex": "2\n",
            f"{net}/eth0/carrier": "1\n",
            f"{net}/wlan0/ifindex": "3\n",
            f"{net}/wlan0/phy80211/name": "phy0\n",
            f"{net}/docker0/ifindex": "4\n",
            "run/offhook-port/eth0": json.dumps({"phase": "refused", "why": "failed", "server": ""}),
            "run/offhook-port/wlan0": "half of a li",
            "run/systemd/netif/links/2": "# private\nOPER_STATE=routable\nCAPTIVE_PORTAL=https://login.example.com/\n",
            "run/systemd/resolve/resolv.conf": "nameserver 192.168.20.1\nnameserver fe80::1%2\nsearch a\n",
            "run/systemd/timesync/synchronized": "",
        },
    )
    kernel = Kernel(
        (HasAddress(2, OWN), HasAddress(9, OWN)),
        (HasGateway(2, ROUTER), HasGateway(9, ROUTER)),
        (Neighbour(3, ROUTER, True), Neighbour(2, ROUTER, False)),
    )
    assert facts(kernel, tmp_path) == Facts(
        interfaces=(
            Interface(
                "eth0",
                carrier=True,
                port=Port("refused", "failed"),
                addresses=(OWN,),
                portal="https://login.example.com/",
            ),
            Interface("wlan0", wireless=True),
        ),
        gateways=(Gateway(ROUTER, "eth0", answers=False),),
        name_servers=("192.168.20.1", "fe80::1%2"),
        time_known=True,
    )


def test_this_machine_can_be_asked() -> None:
    for found in asked().addresses:
        assert not found.address.is_link_local
    assert facts(asked()).interfaces is not None


@given(st.binary(max_size=200))
def test_any_datagram_is_read_to_its_end(datagram: bytes) -> None:
    for _kind, body in messages(datagram):
        attributes(body)
        for reader in (netlink._address, netlink._gateway, netlink._neighbour):
            reader(body)
