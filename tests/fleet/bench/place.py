"""The broker that rooms are measured on, and what each needs to speak to it."""

import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from appliance.fleet.mqtt.link.stream import Secure
from tests.cli.processes import ROOT
from tests.fleet.mqtt.mosquitto import Broker, a_broker

FLEET = ROOT / "image" / "fleet"
SITE, CLIENT = "hq", "bench"
UNLIMITED = "max_queued_messages 0\n"  # a dashboard of a thousand rooms is behind for a moment
PER_SECOND = 150  # rooms, as `fleet.mqtt.link.waits` has it
OPEN_FILES = 65_536  # of the broker: Debian's 1,024 are not enough for 1,000 rooms


class Place(msgspec.Struct, frozen=True):
    """Where the broker is; `folder`: of certificates, None: without TLS. `spread`: seconds over which rooms come."""

    port: int
    folder: Path | None
    spread: float

    @property
    def host(self) -> str:
        """The broker's address."""
        return "127.0.0.1"

    @property
    def shared_by(self) -> int:
        """What `rooms` has to be for the client to spread its connections so."""
        return max(1, round(self.spread * PER_SECOND))

    @property
    def secure(self) -> Secure | None:
        """What rooms and dashboards speak TLS with: one certificate for all, as a thousand take long to make."""
        if self.folder is None:
            return None
        return Secure(self.folder / "ca.pem", self.folder / f"{CLIENT}.pem", self.folder / f"{CLIENT}.key")


def certificates(folder: Path) -> None:
    """Makes the broker's and the clients', as an administrator would; what is there stays."""
    for words in (("broker", str(folder), "127.0.0.1"), ("client", str(folder), CLIENT)):
        subprocess.run(["/bin/sh", FLEET / "certificates.sh", *words], check=True, stdout=subprocess.DEVNULL)


@contextmanager
def broker(work: Path, folder: Path | None) -> Iterator[Broker]:
    """A broker with the limits and the rules of `image/fleet`, and clients that may do everything."""
    lines = UNLIMITED
    if folder is not None:
        rules = work / "acl"
        rules.write_text(f"{(FLEET / 'mosquitto/acl').read_text()}\nuser client:{CLIENT}\ntopic readwrite #\n")
        lines += f"cafile {folder}/ca.pem\ncertfile {folder}/broker.pem\nkeyfile {folder}/broker.key\n"
        lines += f"require_certificate true\nuse_identity_as_username true\nacl_file {rules}\n"
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < OPEN_FILES:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(OPEN_FILES, hard), hard))
    with a_broker(work, lines) as broker:
        yield broker
