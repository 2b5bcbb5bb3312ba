"""The rules of the house, in one table: what each room is for, and which other rooms it may know.

`tests/test_who_may_know_whom.py` holds the code to it, and `make docs` writes the table of CONTRIBUTING.md from it.
"""

from typing import NamedTuple


class Room(NamedTuple):
    """A package, or one module of it with a rule of its own; `knows`: what it may import beside itself."""

    purpose: str
    knows: tuple[str, ...] = ()


# The longest name that fits a module counts. A room may always know itself, but for those of ALONE.
HOUSE = {
    "drivers": Room("hardware, nothing else: what is read or driven, its configuration, its errors, its fake"),
    "appliance.runtime": Room("what any long-running trio program needs: supervisor, back-off, followed values, logs"),
    "appliance.runtime.web": Room("a web server for pages and JSON"),
    "appliance.terminal.messages": Room("typed messages of the terminal's interface; no I/O"),
    "appliance.terminal": Room(
        "a session with the terminal, a link that keeps one alive, a client for programs",
        ("appliance.runtime.backoff",),
    ),
    "appliance.room": Room("what the room is and does; no I/O, no clock", ("appliance.terminal.messages",)),
    "appliance.display": Room("the room as pixels", ("appliance.room", "appliance.terminal.messages")),
    "appliance.panel": Room("the room as pages", ("appliance.room", "appliance.runtime.web")),
    "appliance.config": Room(
        "`room.toml`: schema, places of mistakes, contradictions, the machine's part",
        (
            "appliance.room",
            "appliance.display.burnin",
            "appliance.panel.config",
            "appliance.terminal.config",
            "drivers",
        ),
    ),
    "appliance.wiring": Room("which wire goes to which pin", ("appliance.config", "drivers")),
    "appliance.card": Room(
        "the machine around the firmware: first boot from one file becomes files of the system",
        ("appliance.config", "appliance.panel", "appliance.terminal.config", "appliance.runtime.web.listen", "drivers"),
    ),
    "appliance.virtual": Room("virtual hardware, moved over HTTP", ("appliance.runtime.web", "drivers")),
    "appliance.simulator": Room(
        "a complete simulated terminal",
        ("appliance.terminal.messages", "appliance.runtime", "appliance.display.fonts"),
    ),
    "appliance.demo": Room("the demo's page", ("appliance.virtual", "appliance.runtime.web", "drivers.oled.config")),
    "appliance.services": Room(
        "one small module for each thing that runs: joins a driver, the link or a page to the room",
        (
            "appliance.config",
            "appliance.runtime",
            "appliance.terminal",
            "appliance.room",
            "appliance.display",
            "appliance.panel",
            "drivers",
        ),
    ),
    "appliance.run": Room(
        "one room, built and run",
        (
            "appliance.services",
            "appliance.config",
            "appliance.runtime",
            "appliance.terminal",
            "appliance.room",
            "appliance.panel",
            "appliance.virtual",
            "appliance.simulator",
            "appliance.demo",
            "drivers",
        ),
    ),
    "appliance.cli": Room("the command `offhook`: one module or folder a command", ("appliance", "drivers")),
    "appliance.__main__": Room("`python -m appliance`", ("appliance.cli", "appliance.runtime.systemd")),
}

# Rooms that only those named may know: the top of the house.
ONLY_KNOWN_BY = {
    "appliance.services": ("appliance.run", "appliance.cli"),
    "appliance.run": ("appliance.cli",),
    "appliance.cli": ("appliance.__main__",),
}

NO_IO = (
    "appliance.terminal.messages",
    "appliance.room",
    "appliance.display",
    "drivers.visca.wire",
    "drivers.visca.model",
)
"""Rooms that do no I/O and have no clock: what they need comes in as values."""

DOES_IO = frozenset(
    {
        "trio",
        "socket",
        "asyncio",
        "threading",
        "subprocess",
        "time",
        "ssl",
        "select",
        "serial",
        "evdev",
        "gpiozero",
    }
)
