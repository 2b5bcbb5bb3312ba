"""A card that is renewed: what is asked of it, by SSH, and what it says."""

import functools
import http.server
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.hardware.monitor import Monitor
from tests.image.machine import Machine
from tests.image.recipe import run

HOST = "10.0.2.2"  # what the guest calls this machine
AUTHORITY = "/etc/offhook/repository.pem"
PATIENCE = 45  # seconds that a version on trial gets to become well; ten minutes outside of these tests
JUDGE = (
    "import sys; sys.path.insert(0, '/usr/lib/offhook/python'); "
    f"import appliance.card.update.watch as watch; watch.PATIENCE = {PATIENCE}.0; "
    "from appliance.cli.main import main; main(['update', 'confirm'], prog_name='offhook')"
)
IMPATIENT = f'[Service]\nExecStart=\nExecStart=/usr/bin/python3 -I -c "{JUDGE}"\n'
DROP_IN = "/etc/systemd/system/offhook-confirm.service.d/impatient.conf"


class Renewed:
    """A running card and what is asked of it."""

    def __init__(self, machine: Machine, certificate: Path) -> None:
        """`certificate`: of whose bundles it takes."""
        self.machine = machine
        self._certificate = certificate
        self._seen = 0

    def trust(self) -> None:
        """Tells it whose bundles it takes, until it restarts: the root cannot be written, so it is laid over."""
        place = "/run/bench/share/offhook/update"
        self.machine.run(f"mkdir -p {place} && cat >{place}/keyring.pem", given=self._certificate.read_bytes())
        self.machine.run("mount -t overlay -o lowerdir=/run/bench/share:/usr/share none /usr/share")

    def hurry(self) -> None:
        """Has it judge quickly, from the next start on."""
        self.machine.run(f"mkdir -p $(dirname {DROP_IN}) && cat >{DROP_IN}", given=IMPATIENT.encode())

    def install(self, what: str, *options: str) -> str:
        """What it says to a version that it does not take."""
        words = " ".join(("offhook", "update", "install", what, *options))
        return self.machine.run(f"{words} 2>&1; echo exit $?", seconds=600)

    def begin(self, what: str, *options: str) -> None:
        """Has it install a version that it takes; it restarts by itself."""
        self._seen = len(self.machine.said())
        words = " ".join(("offhook", "update", "install", what, *options))
        self.machine.run(f"systemd-run --quiet --collect --unit=renewing {words}")

    def until_said(self, words: str, seconds: float = 300) -> None:
        """Until the console says something that it had not said before `begin`."""
        deadline = time.monotonic() + seconds
        while words not in self.machine.said()[self._seen :]:
            assert time.monotonic() < deadline, f"the console did not say {words!r}"
            assert self.machine.process.poll() is None
            time.sleep(0.2)

    def again(self) -> None:
        """What the console said until now does not count any more."""
        self._seen = len(self.machine.said())

    def last(self, words: str, seconds: float = 120) -> str:
        """What became of the last update, once it says these words."""
        until = f"until offhook update status >/run/said; grep -q '{words}' /run/said; do sleep 2; done"
        return self.machine.run(f'timeout {seconds:g} sh -c "{until}"; cat /run/said', seconds=seconds + 60)

    def tries(self, slot: str) -> str:
        """How often the loader may still try a slot."""
        return self.machine.run(f"fw_printenv -n BOOT_{slot}_LEFT").strip()

    def booted(self) -> str:
        """The slot that it runs from, as RAUC knows it."""
        return (
            self.machine.run("rauc status --output-format=shell | sed -n 's/^RAUC_SYSTEM_BOOTED_BOOTNAME=//p'")
            .strip()
            .strip("'")
        )

    def plug(self, stick: Path) -> None:
        """A USB stick goes in."""
        with Monitor(self.machine.monitor) as monitor:
            monitor.do(f"drive_add 0 if=none,id=stick,format=raw,readonly=on,file={stick}")
            monitor.do("device_add usb-storage,id=stick,drive=stick")


def stick_with(bundle: Path, name: str, folder: Path) -> Path:
    """A USB stick, as a file, with a bundle on it."""
    stick = folder / "stick.img"
    with stick.open("wb") as file:
        file.truncate(bundle.stat().st_size + (32 << 20))
    run("mkfs.vfat", "-F", "32", str(stick))
    run("mcopy", "-i", str(stick), str(bundle), f"::{name}")
    return stick


class Repository:
    """A web server with bundles, over HTTPS with a certificate that nobody else knows."""

    def __init__(self, folder: Path, port: int, certificate: Path) -> None:
        self._folder = folder
        self._port = port
        self.certificate = certificate

    def url(self, bundle: Path) -> str:
        """Where the card finds a bundle."""
        (self._folder / bundle.name).hardlink_to(bundle)
        return f"https://{HOST}:{self._port}/{bundle.name}"


@contextmanager
def repository(folder: Path) -> Iterator[Repository]:
    """A web server on this machine."""
    served = folder / "served"
    served.mkdir()
    key, certificate = own_certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(served))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield Repository(served, server.server_port, certificate)
        finally:
            server.shutdown()
            thread.join()


def own_certificate(folder: Path) -> tuple[Path, Path]:
    """A server's key, and its certificate, which is its own authority, for the name `repository`."""
    key, certificate = folder / "repository.key", folder / "repository.pem"
    new = ("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30")
    name = ("-subj", "/CN=repository", "-addext", f"subjectAltName=IP:{HOST}")
    run(*new, *name, "-keyout", str(key), "-out", str(certificate))
    return key, certificate
