"""A real switch port: hostapd asks, wpa_supplicant answers with the files that the card makes; a veth is the wire."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.card.conftest import ROOM, Authority, Box
from tests.eventually import eventually, until_written

PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
HOSTAPD, SUPPLICANT, UNSHARE = (shutil.which(name, path=PATH) for name in ("hostapd", "wpa_supplicant", "unshare"))
ROOT = Path(__file__).parents[3]
IMPORTS = "from pathlib import Path; from appliance.card.network.port import follow"
USERS = """\
"box@example.com" TLS
"room-3" PEAP,TTLS
"anonymous" PEAP,TTLS
"room-3" MSCHAPV2,TTLS-PAP,TTLS-MSCHAPV2 "secret" [2]
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0, reason="needs root, for a network of its own"),
    pytest.mark.skipif(HOSTAPD is None, reason="hostapd is missing: apt install hostapd"),
    pytest.mark.skipif(SUPPLICANT is None, reason="wpa_supplicant is missing: apt install wpasupplicant"),
]

CA = 'ca = "ca.pem"\nserver = "{server}"\n'
TLS = '[network.eap]\nmethod = "tls"\nidentity = "box@example.com"\ncertificate = "box.pem"\nkey = "box.key"\n' + CA
PEAP = '[network.eap]\nmethod = "peap"\nidentity = "room-3"\npassword = "{password}"\n' + CA
TTLS = PEAP.replace("peap", "ttls") + 'anonymous_identity = "anonymous"\n'


class Wire:
    """A switch port and a box in a network namespace of their own."""

    def __init__(self, folder: Path, authority: Authority) -> None:
        self.folder = folder
        self._stack = contextlib.ExitStack()
        self._log = self._stack.enter_context((folder / "log").open("w"))
        script = (
            "ip link add sw0 type veth peer name eth0 && ip link set sw0 up && ip link set eth0 up && exec sleep 600"
        )
        self._space = self._start(str(UNSHARE), "--net", "sh", "-c", script)
        eventually(lambda: self._run("ip", "-o", "link", "show", "eth0", check=False) == 0)
        (folder / "users").write_text(USERS)
        (folder / "hostapd.conf").write_text(
            f"interface=sw0\ndriver=wired\nieee8021x=1\nuse_pae_group_addr=1\neap_server=1\neap_user_file={folder}/users\n"
            f"ca_cert={authority.certificate}\nserver_cert={authority.folder}/radius.pem\n"
            f"private_key={authority.folder}/radius.key\n"
        )

    def close(self) -> None:
        self._stack.close()

    def switch_asks(self) -> None:
        self._inside(str(HOSTAPD), str(self.folder / "hostapd.conf"))

    def box_joins(self, box: Box) -> None:
        """Starts wpa_supplicant with the card's file and the program that follows it."""
        text = str(box.has("etc/wpa_supplicant/wpa_supplicant-wired-eth0.conf"))
        text = text.replace('"/etc/', f'"{box.root}/etc/').replace("/run/wpa_supplicant", str(self.folder / "ctrl"))
        (self.folder / "box.conf").write_text(text)
        (self.folder / "states").mkdir()
        self._inside(str(SUPPLICANT), f"-c{self.folder}/box.conf", "-Dwired", "-ieth0")
        eventually((self.folder / "ctrl/eth0").exists)
        code = f"follow('eth0', Path({str(self.folder / 'ctrl')!r}), Path({str(self.folder / 'states')!r}))"
        self._start(sys.executable, "-c", f"{IMPORTS}; {code}", cwd=ROOT)

    def port(self) -> dict[str, str]:
        try:
            said: dict[str, str] = json.loads((self.folder / "states/eth0").read_text())
        except FileNotFoundError:
            return {}
        return said

    def comes_to(self, phase: str) -> dict[str, str]:
        until_written(self.folder / "states", lambda: self.port().get("phase") == phase)
        return self.port()

    def _inside(self, *command: str) -> None:
        self._start("nsenter", "--net", "--target", str(self._space.pid), *command)

    def _run(self, *command: str, check: bool = True) -> int:
        inside = ("nsenter", "--net", "--target", str(self._space.pid), *command)
        return subprocess.run(inside, capture_output=True, timeout=10, check=check, env={"PATH": PATH}).returncode

    def _start(self, *command: str, cwd: Path | None = None) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(command, stdout=self._log, stderr=self._log, cwd=cwd, env={"PATH": PATH})
        self._stack.callback(process.wait, 10)
        self._stack.callback(process.terminate)
        return process


@pytest.fixture
def wire(tmp_path: Path, authority: Authority) -> Iterator[Wire]:
    folder = tmp_path / "wire"
    folder.mkdir()
    made = Wire(folder, authority)
    yield made
    made.close()


@pytest.mark.parametrize(
    "text", [TLS, PEAP, TTLS, TTLS + 'inner = "pap"\n'], ids=["TLS", "PEAP", "TTLS", "TTLS with PAP"]
)
@pytest.mark.parametrize("server", ["radius.example.com", "example.com"])
def test_the_port_opens(enterprise: Callable[..., Box], wire: Wire, text: str, server: str) -> None:
    box = enterprise(ca_pem="ca.pem", box_pem="box.pem", box_key="box.key")
    assert box.apply(ROOM + text.format(server=server, password="secret")).mistakes == ()
    wire.switch_asks()
    wire.box_joins(box)
    assert wire.comes_to("open") == {"phase": "open", "why": "", "server": ""}


def test_a_key_with_a_password_opens_it(enterprise: Callable[..., Box], wire: Wire) -> None:
    box = enterprise(ca_pem="ca.pem", box_pem="locked.pem", box_key="locked.key")
    assert box.apply(ROOM + TLS.format(server="example.com") + 'key_password = "for the key"\n').mistakes == ()
    wire.switch_asks()
    wire.box_joins(box)
    wire.comes_to("open")


@pytest.mark.parametrize("text", [TLS, PEAP], ids=["TLS", "PEAP"])
def test_a_server_of_another_name_is_told_nothing(enterprise: Callable[..., Box], wire: Wire, text: str) -> None:
    box = enterprise(ca_pem="ca.pem", box_pem="box.pem", box_key="box.key")
    box.apply(ROOM + text.format(server="radius.example.org", password="secret"))
    wire.switch_asks()
    wire.box_joins(box)
    assert wire.comes_to("refused") == {"phase": "refused", "why": "wrong_name", "server": "/CN=radius.example.com"}


def test_a_server_of_another_authority_is_told_nothing(
    enterprise: Callable[..., Box], wire: Wire, tmp_path: Path
) -> None:
    other = Authority(tmp_path / "other", "Other CA")
    box = enterprise()
    (box.boot / "ca.pem").write_bytes(other.certificate.read_bytes())
    box.apply(ROOM + PEAP.format(server="example.com", password="secret"))
    wire.switch_asks()
    wire.box_joins(box)
    assert wire.comes_to("refused")["why"] == "untrusted"


def test_a_wrong_password_is_said(enterprise: Callable[..., Box], wire: Wire) -> None:
    box = enterprise(ca_pem="ca.pem")
    box.apply(ROOM + PEAP.format(server="example.com", password="wrong"))
    wire.switch_asks()
    wire.box_joins(box)
    assert wire.comes_to("refused") == {"phase": "refused", "why": "failed", "server": ""}


def test_where_nobody_asks_it_is_not_called_open(enterprise: Callable[..., Box], wire: Wire) -> None:
    box = enterprise(ca_pem="ca.pem")
    box.apply(ROOM + PEAP.format(server="example.com", password="secret"))
    wire.box_joins(box)
    assert wire.comes_to("starting")
    wire.switch_asks()
    wire.comes_to("open")
