"""Follows wpa_supplicant on one interface, and writes down in one line how far it has come: `port.py INTERFACE`.

A process of its own, as root: whoever may talk to wpa_supplicant may also have it load a library. It waits for the
next event and does nothing else; it knows nothing but the standard library, as it stays in memory for as long as the
box runs. What it writes, everybody on the box may read: the firmware shows it where there is no network.

When a port opens, the network behind it may be another one than before: systemd-networkd is told to begin anew, or
DHCP would wait for up to a minute, and keep an address of the network for guests.
"""

import contextlib
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

SUPPLICANT: Final = Path("/run/wpa_supplicant")
STATES: Final = Path("/run/offhook-port")
ANSWER_WITHIN: Final = 10.0  # seconds
LONGEST: Final = 4096  # bytes of an event
LONGEST_NAME: Final = 200  # characters of a certificate's subject
_LEVEL: Final = re.compile(r"<\d>")

# enum tls_fail_reason of wpa_supplicant, as far as somebody can do something about it
_CERTIFICATE: Final = {
    "1": "untrusted",
    "2": "revoked",
    "3": "not_yet_valid",
    "4": "expired",
    "9": "wrong_name",
    "10": "wrong_name",
}


class Port(NamedTuple):
    """How far it is: `phase` is "starting", "asking", "open", "refused" or "nobody"; `why` of a refusal, in a word.

    `server`: the subject of the certificate that was refused.
    """

    phase: str = "starting"
    why: str = ""
    server: str = ""


def after(port: Port, event: str) -> Port:
    """Returns how far it is after an event of wpa_supplicant (wpa_ctrl.h); others change nothing."""
    name, _, rest = _LEVEL.sub("", event, count=1).strip().partition(" ")
    match name:
        case "CTRL-EVENT-EAP-STARTED":
            return port if port.phase == "open" else port._replace(phase="asking")
        case "CTRL-EVENT-EAP-TLS-CERT-ERROR":
            why = _CERTIFICATE.get(_value(rest, "reason"), "certificate")
            return Port("refused", why, _value(rest, "subject")[:LONGEST_NAME])
        case "CTRL-EVENT-EAP-FAILURE":
            return port if port.phase == "refused" and port.server else Port("refused", "failed")
        case "CTRL-EVENT-SSID-TEMP-DISABLED":
            known = port.phase == "refused" and bool(port.server)
            return port if known else Port("refused", "wrong_key" if "WRONG_KEY" in rest else "failed")
        case "CTRL-EVENT-NETWORK-NOT-FOUND":
            return Port("nobody")
        case "CTRL-EVENT-CONNECTED" | "CTRL-EVENT-EAP-SUCCESS":
            return Port("open")
        case "CTRL-EVENT-DISCONNECTED":
            return Port() if port.phase == "open" else port
    return port


def _value(text: str, key: str) -> str:
    found = re.search(rf"(?:^| ){key}=(?:'([^']*)'|(\S*))", text)
    return (found[1] or found[2] or "") if found else ""


class Control:
    """The control interface of one wpa_supplicant (ctrl_iface_unix): datagrams between two named sockets."""

    def __init__(self, interface: str, supplicant: Path, states: Path) -> None:
        """Raises `OSError` where nobody listens."""
        self._own = states / f".{interface}"
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
        with contextlib.suppress(FileNotFoundError):
            self._own.unlink()
        self._socket.bind(str(self._own))
        self._socket.connect(str(supplicant / interface))

    def close(self) -> None:
        """Says goodbye and leaves nothing behind."""
        with contextlib.suppress(OSError):
            self._socket.send(b"DETACH")
        self._socket.close()
        with contextlib.suppress(FileNotFoundError):
            self._own.unlink()

    def status(self) -> dict[str, str]:
        """What it says now. Raises `OSError`."""
        self._socket.settimeout(ANSWER_WITHIN)
        self._socket.send(b"STATUS")
        while (said := self._receive()).startswith("<"):
            continue
        return dict(line.split("=", 1) for line in said.splitlines() if "=" in line)

    def events(self) -> Iterator[str]:
        """Yields what happens, until it ends. Raises `OSError`."""
        self._socket.settimeout(ANSWER_WITHIN)
        self._socket.send(b"ATTACH")
        while (said := self._receive()).startswith("<"):
            yield said
        self._socket.settimeout(None)
        while "CTRL-EVENT-TERMINATING" not in (event := self._receive()):
            yield event

    def _receive(self) -> str:
        return self._socket.recv(LONGEST).decode(errors="replace")


def write(place: Path, port: Port) -> None:
    """Writes it down, whole or not at all."""
    new = place.with_name(f"{place.name}.new")
    new.write_text(json.dumps(port._asdict()) + "\n")
    new.chmod(0o644)
    os.replace(new, place)  # noqa: PTH105  # as in appliance.runtime.atomic; no flush, it is in memory


def begin_anew(interface: str) -> None:
    """Has systemd-networkd ask for addresses again."""
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(  # noqa: S603  # ours
            ("/usr/bin/networkctl", "reconfigure", interface), check=False, capture_output=True, timeout=30
        )


def follow(interface: str, supplicant: Path = SUPPLICANT, states: Path = STATES) -> None:
    """Writes down each change until wpa_supplicant ends. Raises `OSError` where there is none."""
    control = Control(interface, supplicant, states)
    place = states / interface
    try:
        port = Port("open") if _is_open(control.status()) else Port()
        write(place, port)
        for event in control.events():
            changed = after(port, event)
            if changed == port:
                continue
            opened, port = changed.phase == "open" and port.phase != "open", changed
            write(place, port)
            if opened:
                begin_anew(interface)
    finally:
        control.close()
        with contextlib.suppress(FileNotFoundError):
            place.unlink()


def _is_open(status: dict[str, str]) -> bool:
    """Whether the port was open before we came; on a wire without 802.1X it is called so, too, and rightly."""
    return status.get("wpa_state") == "COMPLETED" and status.get("EAP state", "SUCCESS") == "SUCCESS"


if __name__ == "__main__":
    follow(sys.argv[1])
