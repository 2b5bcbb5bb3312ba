"""The whole way of a line: a real journal, a real rsyslog, TLS, a real server that goes and comes back.

A journal of its own runs in a mount namespace, where it finds its sockets and files below /run; so this takes root.
"""

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.card.syslog import rules
from appliance.config.log import Log
from tests.eventually import eventually

SBIN = "/usr/sbin:/usr/bin:/sbin:/bin"
PROGRAMS = [shutil.which(name, path=SBIN) for name in ("rsyslogd", "openssl", "unshare", "nsenter", "systemd-cat")]
JOURNALD = Path("/lib/systemd/systemd-journald")
TLS = Path("/usr/share/doc/rsyslog-gnutls")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0, reason="a journal of its own takes root"),
    pytest.mark.skipif(
        None in PROGRAMS or not JOURNALD.exists() or not TLS.exists(),
        reason="rsyslog-gnutls or systemd is not installed",
    ),
]
RSYSLOGD, OPENSSL, UNSHARE, NSENTER, CAT = map(str, PROGRAMS)
NAMESPACE = (
    "mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/journal /run/log/journal && exec /lib/systemd/systemd-journald"
)
SERVER = """\
global(workDirectory="{folder}" DefaultNetstreamDriver="gtls" DefaultNetstreamDriverCAFile="{folder}/ca.pem"
  DefaultNetstreamDriverCertFile="{folder}/server.pem" DefaultNetstreamDriverKeyFile="{folder}/server.key")
module(load="imtcp" StreamDriver.Name="gtls" StreamDriver.Mode="1" StreamDriver.AuthMode="x509/name"
  PermittedPeer=["box.example.com"])
input(type="imtcp" port="{port}" address="127.0.0.1")
template(name="raw" type="string" string="%rawmsg%\\n")
action(type="omfile" file="{folder}/got" template="raw")
"""
MESSAGE_ID = "f77379a8490b408bbe5f6940505a777b"


class Machine:
    """A journal and an rsyslog as on a box, and the server that it sends to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        for name in ("server", "box"):
            self._make_pair(name)
        self._journal = subprocess.Popen([UNSHARE, "-m", "--propagation", "private", "sh", "-c", NAMESPACE])
        eventually(lambda: self._inside("test", "-S", "/run/systemd/journal/socket").returncode == 0)
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def _make_pair(self, name: str) -> None:
        curve = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
        if not (self.folder / "ca.pem").exists():
            self._openssl(f"req -x509 {curve} -keyout ca.key -out ca.pem -subj /CN=ca")
        (self.folder / f"{name}.ext").write_text(f"subjectAltName=DNS:{name}.example.com\n")
        self._openssl(f"req -new {curve} -keyout {name}.key -out {name}.csr -subj /CN={name}")
        signed = f"-CA ca.pem -CAkey ca.key -CAcreateserial -extfile {name}.ext"
        self._openssl(f"x509 -req -in {name}.csr {signed} -out {name}.pem")

    def _openssl(self, words: str) -> None:
        subprocess.run([OPENSSL, *words.split()], cwd=self.folder, check=True, capture_output=True)

    def _inside(self, *command: str, said: str = "") -> "subprocess.CompletedProcess[str]":
        inside = [NSENTER, "-t", str(self._journal.pid), "-m", *command]
        return subprocess.run(inside, input=said, capture_output=True, text=True)

    def start(self, name: str, text: str) -> None:
        path = self.folder / f"{name}.conf"
        path.write_text(text)
        command = [RSYSLOGD, "-n", "-f", str(path), "-i", str(self.folder / f"{name}.pid")]
        if name != "server":
            command = [NSENTER, "-t", str(self._journal.pid), "-m", *command]
        with (self.folder / f"{name}.err").open("ab") as err:
            self._running[name] = subprocess.Popen(command, stdout=err, stderr=err)

    def start_server(self) -> None:
        self.start("server", SERVER.format(folder=self.folder, port=self.port))

    def start_box(self, name: str = "server.example.com") -> None:
        """Starts rsyslog as on a box; `name`: of the server, as the box was told."""
        log = Log(
            syslog=f"localhost:{self.port}",
            syslog_name=name,
            ca=f"{self.folder}/ca.pem",
            certificate=f"{self.folder}/box.pem",
            key=f"{self.folder}/box.key",
        )
        (self.folder / "spool").mkdir(exist_ok=True)
        self.start("box", f'global(workDirectory="{self.folder}/spool")\n{rules(log)}')

    def stop(self, name: str, number: int = signal.SIGTERM) -> None:
        process = self._running.pop(name)
        process.send_signal(number)
        process.wait(30)

    def close(self) -> None:
        for process in (*self._running.values(), self._journal):
            process.kill()
            process.wait()

    def say(self, *lines: str) -> None:
        """Writes lines into the journal as the firmware does."""
        assert self._inside(CAT, "-t", "offhook", said="".join(f"<5>{line}\n" for line in lines)).returncode == 0

    def got(self) -> list[str]:
        path = self.folder / "got"
        return path.read_text(errors="replace").splitlines() if path.exists() else []

    def numbers(self) -> list[int]:
        return [int(line.rpartition("n=")[2]) for line in self.got() if " lost " in line]


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    made = Machine(tmp_path)
    yield made
    made.close()


def test_a_line_arrives_with_its_ids(machine: Machine) -> None:
    machine.start_server()
    machine.start_box()
    machine.say('link_down reason="it is \\"gone\\""', "No event at all")
    entry = f"MESSAGE=by systemd\nPRIORITY=3\nMESSAGE_ID={MESSAGE_ID}\nSYSLOG_IDENTIFIER=systemd\n"
    assert machine._inside("logger", "--journald", said=entry).returncode == 0
    eventually(lambda: any("by systemd" in line for line in machine.got()))
    ours = [line for line in machine.got() if " offhook " in line]
    assert ours[0].startswith("<13>1 20")
    assert ours[0].endswith(' link_down - link_down reason="it is \\"gone\\""')
    assert ours[1].endswith(" - - No event at all")
    (other,) = (line for line in machine.got() if "by systemd" in line)
    assert other.startswith("<11>1 20")
    assert other.endswith(f'- [journal@32473 MESSAGE_ID="{MESSAGE_ID}"] by systemd')


def test_what_is_said_while_the_server_is_away_arrives_later(machine: Machine) -> None:
    machine.start_server()
    machine.start_box()
    machine.say("lost n=0")
    eventually(lambda: machine.numbers() == [0])
    machine.stop("server")
    machine.say(*(f"lost n={number}" for number in range(1, 301)))
    machine.stop("box")  # it keeps on the disk what it has
    machine.start_box()
    machine.say(*(f"lost n={number}" for number in range(301, 401)))
    machine.start_server()
    eventually(lambda: {*range(2, 401)} <= {*machine.numbers()})
    arrived = machine.numbers()
    assert {*range(401)} - {*arrived} <= {1}, "the line that met the connection as it was closed"
    assert {number for number in arrived if arrived.count(number) > 1} <= {1}, "nothing else twice"


def test_a_server_of_another_name_gets_nothing(machine: Machine) -> None:
    machine.start_server()
    machine.start_box("other.example.com")
    machine.say("secret n=1")
    eventually(lambda: "peer name not authorized" in (machine.folder / "box.err").read_text())
    machine.stop("box")
    assert machine.got() == []
    machine.start_box()
    eventually(lambda: any("secret n=1" in line for line in machine.got()))
