"""How a reset is seen on the booted card; the steps themselves are tested in tests/card/reset.

1. `wish(card)` while the machine is off, or `machine.run("offhook reset --yes")` on a running one.
2. Start it. It prints RESTARTS on the console, restarts by itself, and prints DONE at its second start.
3. It cannot be reached by SSH then (no key). Cut the power, and `assert_fresh(card, template)` looks at the boot
   partition; start it with a room.toml that has a key, and `assert_new(machine, former)` compares what the machine is.
"""

from pathlib import Path

from tests.image.machine import Card, Machine

RESTARTS, DONE = "Factory reset: this box restarts", "Factory reset: done."
OF_THE_BOX = "cat /etc/machine-id; ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub | cut -d' ' -f2"
OF_THE_ROOM = "ls -A /etc/credstore /var/lib/offhook /var/lib/offhook-restore /data 2>/dev/null"


def wish(card: Card) -> None:
    """The file that an administrator puts on the card."""
    card.put("factory-reset", "")


def assert_fresh(card: Card, template: Path) -> None:
    """The boot partition is that of a card that was just written."""
    assert card.read("room.toml") == template.read_text()
    assert [
        name for name in ("factory-reset", "reset.running", "reset.errors.txt") if card.read(name) is not None
    ] == []


def assert_new(machine: Machine, former: str) -> None:
    """The machine is not the one that it was. `former`: what it said to OF_THE_BOX before."""
    assert not set(former.split()) & set(machine.run(OF_THE_BOX).split())
    assert "reset.done" not in machine.run(OF_THE_ROOM)
