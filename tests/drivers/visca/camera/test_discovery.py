"""Controllers that look for cameras, on real datagram sockets."""

import socket
from ipaddress import IPv4Network
from pathlib import Path

import pytest
import trio

from drivers.errors import DeviceMissing
from drivers.visca.camera.discovery import ENQUIRY, Discovery, Interface, card, gateway_of, interface_of
from drivers.visca.config import NetworkConfig
from tests.drivers.visca.network import HOST, free_port
from tests.virtual_time import real


def config(port: int, heard_at: str = HOST) -> NetworkConfig:
    return NetworkConfig(
        transport="sony-udp", listen=f"{HOST}:52381", allow=("127.0.0.1",), discovery=f"{heard_at}:{port}"
    )


NOWHERE = "0.0.0.0"  # noqa: S104  # no address to bind to


def test_what_a_camera_says_of_itself() -> None:
    interface = Interface(IPv4Network("192.0.2.0/25"), bytes.fromhex("0a 1b 2c 3d 4e 5f"))
    fields = card("192.0.2.5", interface, "192.0.2.1").split(b"\xff")
    assert fields == [
        b"\x02MAC:0a-1b-2c-3d-4e-5f",
        b"INFO:network",
        b"MODEL:IPCARD",
        b"SOFTVERSION:01.00.00",
        b"IPADR:192.0.2.5",
        b"MASK:255.255.255.128",
        b"GATEWAY:192.0.2.1",
        b"NAME:OFFHOOK",
        b"WRITE:off",
        b"\x03",
    ]
    assert fields[7].startswith(b"NAME:")  # where controllers look for it


@pytest.mark.parametrize(
    ("routes", "gateway"),
    [
        ("eth0\t00000000\t010200C0\t0003", "192.0.2.1"),
        ("eth1\t00000000\t01006433\t0003\neth0\t00000000\t010200C0\t0003", "192.0.2.1"),  # after another network's
        ("eth0\t006433C6\t020200C0\t0003", NOWHERE),  # a way to one network only
        ("eth0\t000200C0\t00000000\t0001", NOWHERE),
        ("", NOWHERE),
    ],
)
def test_the_gateway_is_that_of_the_default_route(tmp_path: Path, routes: str, gateway: str) -> None:
    file = tmp_path / "route"
    file.write_text(f"Iface\tDestination\tGateway\tFlags\n{routes}\n" if routes else "Iface\n")
    assert gateway_of(Interface(IPv4Network("192.0.2.0/25"), bytes(6)), file) == gateway


def test_the_network_of_an_address() -> None:
    assert interface_of("127.0.0.2") == Interface(IPv4Network("127.0.0.0/8"), bytes(6))
    with pytest.raises(DeviceMissing, match=r"203\.0\.113\.9 is on no network"):
        interface_of("203.0.113.9")


async def test_who_is_allowed_and_asks_is_answered_and_nobody_else_and_nothing_else() -> None:
    port = free_port(socket.SOCK_DGRAM)
    with (
        trio.socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as known,
        trio.socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger,
    ):
        await known.bind(("127.0.0.1", 0))
        await stranger.bind(("127.0.0.3", 0))
        async with trio.open_nursery() as nursery:
            await nursery.start(Discovery(config(port)).run)
            await stranger.sendto(ENQUIRY, (HOST, port))
            for nonsense in (b"", b"\x02ENQ:other\xff\x03", ENQUIRY + b"x", bytes(1000)):
                await known.sendto(nonsense, (HOST, port))
            for enquiry in (ENQUIRY, b"\x02ENQ:network\xff3", b"\x02ENQ:network\xff"):
                await known.sendto(enquiry, (HOST, port))
                with trio.fail_after(real(5)):
                    answer, source = await known.recvfrom(1000)
                assert source == (HOST, port)
                assert b"IPADR:127.0.0.2\xff" in answer
            assert not known.is_readable()
            assert not stranger.is_readable()
            nursery.cancel_scope.cancel()


async def test_an_enquiry_to_everybody_is_answered_to_everybody() -> None:
    port = free_port(socket.SOCK_DGRAM)
    everybody = "127.255.255.255"
    with trio.socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as controller:
        controller.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        controller.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        await controller.bind((everybody, port))
        async with trio.open_nursery() as nursery:
            await nursery.start(Discovery(config(port, everybody)).run)
            await controller.sendto(ENQUIRY, (everybody, port))
            with trio.fail_after(real(5)):
                while (answer := await controller.recv(1000)) == ENQUIRY:
                    pass
            assert answer.startswith(b"\x02MAC:")
            nursery.cancel_scope.cancel()


async def test_an_address_that_is_not_there_is_missing() -> None:
    with pytest.raises(DeviceMissing):
        await Discovery(config(0, "203.0.113.255")).run()


@pytest.mark.parametrize(
    ("transport", "listen", "discovery", "message"),
    [
        ("udp", "192.0.2.5:1259", "192.0.2.255:52380", "expected transport `sony-udp`, not `udp`"),
        ("sony-udp", "[2001:db8::5]:52381", "192.0.2.255:52380", "IPv4 only"),
        ("sony-udp", "192.0.2.5:52381", "everybody", "expected ADDRESS:PORT"),
        ("sony-udp", "192.0.2.5:52381", "0.0.0.0:52380", "not all of them"),
    ],
)
def test_mistakes_say_what_was_expected(transport: str, listen: str, discovery: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        NetworkConfig(transport=transport, listen=listen, allow=("192.0.2.0/24",), discovery=discovery)  # type: ignore[arg-type]
