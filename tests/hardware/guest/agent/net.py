"""The link to the terminal made bad: netem on what leaves, and, through ifb, on what arrives."""

import subprocess

from agent import pace


class Net:
    """One interface; bad both ways or not at all."""

    def __init__(self, interface: str) -> None:
        self._interface = interface
        _run("ip", "link", "add", "ifb0", "type", "ifb")
        _run("ip", "link", "set", "ifb0", "up")
        _run("tc", "qdisc", "add", "dev", interface, "handle", "ffff:", "ingress")
        _run(
            *("tc", "filter", "add", "dev", interface, "parent", "ffff:", "matchall"),
            *("action", "mirred", "egress", "redirect", "dev", "ifb0"),
        )

    def be(self, *netem: str) -> None:
        """Loses, delays and so on, as netem's words say, in each direction."""
        for interface in (self._interface, "ifb0"):
            _run("tc", "qdisc", "replace", "dev", interface, "root", "netem", *netem)

    def be_well(self) -> None:
        """As good as a virtual network is."""
        for interface in (self._interface, "ifb0"):
            subprocess.run(["tc", "qdisc", "del", "dev", interface, "root"], check=False, capture_output=True)


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True, timeout=pace.limit(10))
