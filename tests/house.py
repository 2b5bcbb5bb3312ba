"""The rules of the house, in one table: what each room is for, and which other rooms it may know.

`tests/test_who_may_know_whom.py` holds the code to it, and `make docs` writes the table of CONTRIBUTING.md from it.
"""

from typing import NamedTuple


class Room(NamedTuple):
    """A package, or one module of it with a rule of its own; `knows`: what it may import beside itself."""

    purpose: str
    knows: tuple[str, ...] = ()


# What every room of the simulator may know.
SIMULATED = ("appliance.terminal.messages", "appliance.simulator.options", "appliance.simulator.option_types")

# The longest name that fits a module counts. A room may always know itself, but for those of ALONE.
HOUSE = {
    "drivers": Room("hardware, nothing else: what is read or driven, its configuration, its errors, its fake"),
    "appliance.runtime": Room("what any long-running program needs: supervisor, back-off, atomic files, logs"),
    "appliance.runtime.web": Room("a web server for pages and JSON", ("appliance.runtime.rarely",)),
    "appliance.terminal.messages": Room("typed messages of the terminal's interface; no I/O"),
    "appliance.terminal": Room(
        "a session with the terminal, a link that keeps one alive, a client for programs",
        ("appliance.runtime.backoff", "appliance.runtime.presence"),
    ),
    "appliance.share": Room(
        "the terminal's one session, served again to other programs",
        ("appliance.terminal", "appliance.runtime.rarely", "appliance.runtime.web"),
    ),
    "appliance.language": Room("every sentence and label that a person reads, by key"),
    "appliance.room": Room(
        "what the room is and does; no I/O, no clock; says keys and values, in no language",
        ("appliance.terminal.messages", "appliance.language.text"),
    ),
    "appliance.room.parts": Room(
        "what the state of the room is made of: values alone",
        ("appliance.room.secret", "appliance.terminal.messages", "appliance.language.text"),
    ),
    "appliance.room.intents": Room(
        "what a person wants, once an input has met the state of the room: values alone",
        ("appliance.room.parts", "appliance.room.secret", "appliance.terminal.messages", "appliance.language.text"),
    ),
    "appliance.room.local_events": Room(
        "what happens to the room on the appliance itself: values alone",
        (
            *("appliance.room.intents", "appliance.room.meetings", "appliance.room.parts", "appliance.room.secret"),
            *("appliance.room.update", "appliance.terminal.messages", "appliance.language.text"),
        ),
    ),
    "appliance.room.people": Room(
        "who is who: ids of peers, the address book, names",
        ("appliance.room.parts", "appliance.room.state", "appliance.terminal.messages"),
    ),
    "appliance.room.meetings": Room(
        "the room's meetings: what its calendars say, what was decided about that here, and which one is on",
        ("appliance.room.parts", "appliance.room.state", "appliance.terminal.messages", "appliance.language.text"),
    ),
    "appliance.room.reduce.conference": Room(
        "what changes in the conference that the room is in",
        (
            *("appliance.room.change", "appliance.room.local_events", "appliance.room.people"),
            *("appliance.room.secret", "appliance.room.parts", "appliance.room.state", "appliance.room.texts"),
            "appliance.terminal.messages",
        ),
    ),
    "appliance.room.reduce.calls": Room(
        "what changes in a call, from the first sign of it to its end",
        (
            *("appliance.room.change", "appliance.room.hold", "appliance.room.local_events", "appliance.room.people"),
            *(
                "appliance.room.reduce.conference",
                "appliance.room.parts",
                "appliance.room.state",
                "appliance.room.texts",
            ),
            *("appliance.terminal.messages", "appliance.language.text"),
        ),
    ),
    "appliance.room.reduce.local": Room(
        "what changes on the appliance itself",
        (
            *("appliance.room.change", "appliance.room.local_events", "appliance.room.meetings"),
            *("appliance.room.secret", "appliance.room.parts", "appliance.room.state", "appliance.room.texts"),
            "appliance.terminal.messages",
        ),
    ),
    "appliance.programs": Room(
        "what other programs may ask of the room, whichever way they ask; no I/O",
        ("appliance.room.actions", "appliance.language.text"),
    ),
    "appliance.display": Room(
        "the room as pixels", ("appliance.room", "appliance.terminal.messages", "appliance.language")
    ),
    "appliance.access": Room(
        "who somebody is, and what they may do; knows no room, and answers nobody",
        (
            *("appliance.language.text", "appliance.runtime.atomic", "appliance.runtime.files"),
            *("appliance.runtime.rarely", "appliance.runtime.web.guesses"),
        ),
    ),
    "appliance.panel": Room(
        "the room as pages",
        (
            *("appliance.access", "appliance.maintain", "appliance.programs", "appliance.room"),
            *("appliance.terminal.messages", "appliance.language", "appliance.runtime"),
        ),
    ),
    "appliance.panel.live": Room(
        "the connection that an open page keeps: what it is shown over it, and what is heard from it",
        (
            *("appliance.access", "appliance.panel.access", "appliance.room", "appliance.language"),
            *("appliance.runtime.followed", "appliance.runtime.web.sockets"),
        ),
    ),
    "appliance.panel.camera": Room(
        "cameras on the panel: which there are, what they see, and how a finger moves them",
        ("appliance.panel.access", "appliance.room", "appliance.terminal.messages", "appliance.language"),
    ),
    "appliance.panel.door": Room(
        "what people may do on the display at the door, and what the configuration says of it",
        ("appliance.panel.live.touch", "appliance.room", "appliance.language.text"),
    ),
    "appliance.panel.people": Room(
        "whom the panel finds and calls, who is in the call, and their pictures",
        ("appliance.panel.access", "appliance.room", "appliance.terminal.messages", "appliance.runtime.web.answers"),
    ),
    "appliance.maintain": Room(
        "what whoever maintains the box sees of it and does to it",
        ("appliance.runtime", "appliance.room", "appliance.language"),
    ),
    "appliance.kiosk": Room(
        "a screen on the box itself: what box and browser tell each other, and who watches over the browser",
        ("appliance.language", "appliance.runtime"),
    ),
    "appliance.fleet": Room(
        "many rooms under one roof: what tells a fleet's own systems of this room", ("appliance.runtime",)
    ),
    "appliance.fleet.metrics": Room(
        "the room's figures, as a page for Prometheus",
        (
            *("appliance.room", "appliance.fleet.box", "appliance.fleet.conditions"),
            *("appliance.runtime.web", "appliance.runtime.files"),
        ),
    ),
    "appliance.fleet.mqtt": Room(
        "the room as topics of an MQTT broker, and actions that come back",
        (
            *("appliance.room", "appliance.language", "appliance.terminal.config"),
            *("appliance.panel.view", "appliance.runtime.atomic", "appliance.runtime.files"),
        ),
    ),
    "appliance.fleet.home_assistant": Room(
        "what Home Assistant is told of a room",
        ("appliance.fleet.mqtt", "appliance.room", "appliance.language"),
    ),
    "appliance.fleet.mqtt.link": Room(
        "an MQTT 5 client: packets, session, connection; knows no room", ("appliance.runtime.error_groups",)
    ),
    "appliance.hooks": Room(
        "webhooks: what is sent, how it is signed, what waits and when it is tried again; no I/O",
        (
            *("appliance.room.happened", "appliance.language.text"),
            *("appliance.runtime.backoff", "appliance.terminal.config"),
        ),
    ),
    "appliance.config": Room(
        "`room.toml`: schema, places of mistakes, contradictions, the machine's part",
        (
            "appliance.room",
            "appliance.runtime.files",
            "appliance.display.burnin",
            "appliance.api.config",
            "appliance.calendar.config",
            "appliance.fleet.mqtt.config",
            "appliance.hooks.config",
            "appliance.kiosk.config",
            "appliance.panel.config",
            "appliance.terminal.config",
            "appliance.language",
            "drivers",
        ),
    ),
    "appliance.config.tables": Room(
        "tables of `room.toml`, one a module: what each may say, and what in it contradicts itself",
        (
            *("appliance.config.document", "appliance.config.words", "appliance.room", "appliance.language.text"),
            *("appliance.panel.config", "appliance.terminal.config", "drivers"),
        ),
    ),
    "appliance.config.contradictions": Room(
        "what contradicts itself in a `room.toml` although each value by itself is right",
        (
            *("appliance.config.document", "appliance.config.network.secrets", "appliance.config.share"),
            *("appliance.config.tables", "appliance.config.words", "appliance.room", "appliance.language.text"),
            *("appliance.calendar.config", "appliance.fleet.mqtt.config", "appliance.hooks.config"),
            *("appliance.terminal.config", "drivers"),
        ),
    ),
    "appliance.config.secrets": Room(
        "secrets in a `room.toml`: where they may stand, which everybody can read, and a room shown without them",
        (
            *("appliance.config.network.secrets", "appliance.config.schema", "appliance.config.share"),
            *("appliance.config.statements", "appliance.config.tables.metrics"),
            *("appliance.room.actions", "appliance.language.text", "appliance.calendar.config"),
            *("appliance.fleet.mqtt.config", "appliance.hooks.config", "appliance.terminal.config"),
        ),
    ),
    "appliance.config.edit": Room(
        "`room.toml` changed by a form: what stays byte for byte, what would come of it, and the versions before",
        (
            *("appliance.config", "appliance.language", "appliance.terminal.config"),
            *("appliance.runtime.atomic", "appliance.runtime.files"),
        ),
    ),
    "appliance.api": Room(
        "the room for programs over HTTP: a table of operations, and what answers them",
        (
            *("appliance.access", "appliance.room", "appliance.language", "appliance.panel", "appliance.maintain"),
            *("appliance.fleet.conditions", "appliance.fleet.mqtt", "appliance.programs", "appliance.runtime"),
        ),
    ),
    "appliance.calendar": Room(
        "a calendar of the house: fetched, read in a process of its own, and given to the room",
        (
            "appliance.room.meetings.calendar",
            "appliance.language.text",
            "appliance.runtime.fetch",
            "appliance.terminal.config",
        ),
    ),
    "appliance.inventory": Room(
        "what hardware a machine has, and which of it a configuration asks for", ("appliance.config", "drivers")
    ),
    "appliance.wiring": Room("which wire goes to which pin", ("appliance.config", "appliance.language", "drivers")),
    "appliance.card": Room(
        "the machine around the firmware: first boot from one file becomes files of the system",
        (
            *("appliance.config", "appliance.panel", "appliance.terminal.config", "appliance.runtime.web.listen"),
            *("appliance.runtime.atomic", "appliance.runtime.files", "appliance.language", "drivers"),
        ),
    ),
    "appliance.provision": Room(
        "one inventory becomes the `room.toml` of each room: checked, signed, and fetched by its box",
        (
            *("appliance.card", "appliance.config", "appliance.terminal.config", "appliance.language"),
            *("appliance.runtime.atomic", "appliance.runtime.fetch", "appliance.runtime.files"),
            *("appliance.runtime.machine", "appliance.runtime.web.listen"),
        ),
    ),
    "appliance.provision.enrol": Room(
        "a certificate for this box by EST: asked for once, tried, and renewed with itself",
        (
            *("appliance.card.apply", "appliance.card.secrets", "appliance.config", "appliance.terminal.config"),
            *("appliance.provision.place", "appliance.provision.programs"),
            *("appliance.runtime.atomic", "appliance.runtime.fetch"),
        ),
    ),
    "appliance.provision.discovery": Room(
        "which server has a box's file, where its card does not say: what DHCP and DNS tell",
        ("appliance.config.tables.fleet", "appliance.runtime.files"),
    ),
    "appliance.card.reset": Room(
        "a box forgets its room and itself, whatever happens meanwhile",
        (
            *("appliance.card.apply", "appliance.card.backup", "appliance.card.boot_partition"),
            *("appliance.card.spoken", "appliance.language", "appliance.runtime.atomic"),
        ),
    ),
    "appliance.card.backup": Room(
        "one encrypted file with everything that belongs to the room, and the way back to this box or another",
        (
            *("appliance.card.stamp", "appliance.config", "appliance.language"),
            *("appliance.runtime.atomic", "appliance.runtime.files"),
        ),
    ),
    "appliance.card.update": Room(
        "new versions of the card: fetched, verified, written to the other slot, tried, and confirmed or taken back",
        (
            *("appliance.config", "appliance.language", "appliance.room.update"),
            *("appliance.runtime.atomic", "appliance.runtime.fetch", "appliance.runtime.files"),
            "appliance.runtime.followed",
        ),
    ),
    "appliance.deputy": Room(
        "does as root what the firmware may not do itself, and only that: one connection, one request, one answer",
        (
            *("appliance.card", "appliance.config", "appliance.terminal.config", "appliance.language"),
            *("appliance.runtime.atomic", "appliance.runtime.files"),
        ),
    ),
    "appliance.deputy.requests": Room(
        "what the deputy is asked and answers, and how that is written; no I/O",
        ("appliance.config.toml", "appliance.language.text"),
    ),
    "appliance.deputy.client": Room(
        "asks the deputy of this box", ("appliance.deputy.requests", "appliance.language.text")
    ),
    "appliance.virtual": Room("virtual hardware, moved over HTTP", ("appliance.runtime.web", "drivers")),
    "appliance.simulator.model.common": Room(
        "what every part of the simulated terminal is made with: context, sessions, refusals, rules of the table",
        SIMULATED,
    ),
    "appliance.simulator.model.machine": Room(
        "the simulated terminal as a machine: accounts, licence, its server, settings, files, updates",
        (*SIMULATED, "appliance.simulator.model.common"),
    ),
    "appliance.simulator.model.people": Room(
        "whom the simulated room knows",
        (*SIMULATED, "appliance.simulator.model.common", "appliance.simulator.model.machine"),
    ),
    "appliance.simulator.model.conversation": Room(
        "which call the simulated terminal has, and who is in it",
        (*SIMULATED, "appliance.simulator.model.common", "appliance.simulator.model.people"),
    ),
    "appliance.simulator.model.media": Room(
        "sound and picture of the simulated terminal",
        (
            *SIMULATED,
            "appliance.simulator.model.common",
            "appliance.simulator.model.machine",
            "appliance.simulator.model.people",
            "appliance.simulator.model.conversation",
        ),
    ),
    "appliance.simulator.model.messaging": Room(
        "messages and files between the simulated room and others",
        (
            *SIMULATED,
            "appliance.simulator.model.common",
            "appliance.simulator.model.machine",
            "appliance.simulator.model.people",
            "appliance.simulator.model.conversation",
        ),
    ),
    "appliance.simulator.model.calls": Room(
        "calls and conferences of the simulated terminal, and what the far side does in them",
        (
            *SIMULATED,
            "appliance.simulator.model.common",
            "appliance.simulator.model.machine",
            "appliance.simulator.model.people",
            "appliance.simulator.model.conversation",
            "appliance.simulator.model.media",
            "appliance.simulator.model.messaging",
        ),
    ),
    "appliance.simulator.model": Room(
        "the simulated terminal's state and rules, joined from its parts; no I/O", SIMULATED
    ),
    "appliance.simulator.wire": Room(
        "what clients of the simulated terminal connect to, and what can go wrong there",
        (*SIMULATED, "appliance.simulator.model", "appliance.runtime.web", "appliance.display.fonts"),
    ),
    "appliance.simulator.process": Room(
        "a simulated terminal that runs, and calls between many",
        (*SIMULATED, "appliance.simulator.model", "appliance.simulator.wire", "appliance.runtime.web"),
    ),
    "appliance.simulator.control": Room(
        "what the world does to a simulated terminal: over HTTP, in scenarios",
        (
            *SIMULATED,
            "appliance.simulator.model",
            "appliance.simulator.process",
            "appliance.runtime.web",
        ),
    ),
    "appliance.simulator": Room(
        "a complete simulated terminal", ("appliance.terminal.messages", "appliance.runtime.web")
    ),
    "appliance.demo": Room(
        "the demo's page, and the receiver of its webhook",
        ("appliance.virtual", "appliance.runtime.web", "appliance.language", "appliance.hooks.signature"),
    ),
    "appliance.services": Room(
        "one small module for each thing that runs: joins a driver, the link or a page to the room",
        (
            "appliance.card.backup.sealed",
            "appliance.deputy.client",
            "appliance.deputy.requests",
            "appliance.config",
            "appliance.runtime",
            "appliance.terminal",
            "appliance.share",
            "appliance.room",
            "appliance.display",
            "appliance.access",
            "appliance.panel",
            "appliance.programs",
            "appliance.maintain",
            "appliance.calendar",
            "appliance.fleet",
            "appliance.hooks",
            "appliance.language",
            "drivers",
        ),
    ),
    "appliance.run": Room(
        "one room, built and run",
        (
            "appliance.services",
            "appliance.deputy.client",
            "appliance.deputy.requests",
            "appliance.config",
            "appliance.runtime",
            "appliance.terminal",
            "appliance.access",
            "appliance.api",
            "appliance.room",
            "appliance.panel",
            "appliance.programs",
            "appliance.maintain",
            "appliance.inventory",
            "appliance.wiring",
            "appliance.kiosk",
            "appliance.fleet",
            "appliance.hooks",
            "appliance.language",
            "appliance.virtual",
            "appliance.simulator",
            "appliance.demo",
            "drivers",
        ),
    ),
    "appliance.run.demo.file": Room("the demo's file, and the deputy that changes it", ("appliance.deputy",)),
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
    "appliance.programs",
    "appliance.display",
    "appliance.simulator.model",
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
