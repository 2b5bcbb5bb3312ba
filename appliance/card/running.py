"""What has to be told to the running system once its files have changed: only the parts that did."""

import subprocess
from collections.abc import Iterator

import structlog

from appliance.card.apply import Outcome

log = structlog.get_logger()

WITHIN = 30  # seconds that systemd may take to accept a job
KEYGEN = ("ssh-keygen", "-A")  # makes those host keys that are missing
_IF_RUNNING = "try-reload-or-restart"
_SUPPLICANT = "wpa_supplicant@wlan0.service"
_WIRED = "wpa_supplicant-wired@{}.service"


def commands(outcome: Outcome) -> Iterator[tuple[str, ...]]:
    """What to run, in this order."""
    changed = outcome.changed
    if outcome.has_ssh:
        yield KEYGEN
    if "firewall" in changed:
        yield _job(_IF_RUNNING, "nftables.service")
    yield from _network(outcome)
    if "time" in changed:
        yield _job("try-restart", "systemd-timesyncd.service")
    if "syslog" in changed:
        yield _job("restart" if outcome.has_syslog else "stop", "rsyslog.service")
    if "ssh" in changed:
        yield _job("reload-or-restart" if outcome.has_ssh else "stop", "ssh.service")
    if changed & {"room", "zone", "certificate", "trust", "proxy"}:
        yield _job(_IF_RUNNING, "offhook.service")


def _network(outcome: Outcome) -> Iterator[tuple[str, ...]]:
    changed = outcome.changed
    if changed & {"network", "wifi"}:
        yield _job(_IF_RUNNING, "systemd-networkd.service")
    if "wifi" in changed:
        yield _job("restart" if outcome.has_wifi else "stop", _SUPPLICANT)
    if "eap" in changed:
        yield _job("stop", _WIRED.format("*"))  # also where it is for another interface now
        if outcome.eap:
            yield _job("restart", _WIRED.format(outcome.eap))


def run(outcome: Outcome) -> None:
    """Runs them; one that fails is logged and holds up no other."""
    for command in commands(outcome):
        try:
            done = subprocess.run(  # noqa: S603  # ours, see above
                command, check=False, capture_output=True, text=True, timeout=WITHIN
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            log.warning("command_failed", command=" ".join(command), reason=str(error))
            continue
        if done.returncode:
            log.warning("command_failed", command=" ".join(command), reason=done.stderr.strip()[-200:])


def _job(verb: str, unit: str) -> tuple[str, ...]:
    return ("systemctl", "--no-block", verb, unit)
