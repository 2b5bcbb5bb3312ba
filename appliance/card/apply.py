"""Applies `room.toml` on the card to the machine, network first; what is wrong is said and costs only its own part.

The order makes it safe against a power cut: a secret is stored before what uses it is written, that before the secret
is taken out of the file, and the stamp comes last. Whatever was cut short is done again, and gives the same.
"""

import codecs
import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import structlog

from appliance.card import boot_partition, certificate, clock, report, syslog
from appliance.card.files import File, Files
from appliance.card.firewall import closed, firewall
from appliance.card.hostname import hostname
from appliance.card.network import supplicant
from appliance.card.network.found import find
from appliance.card.network.steps import NetworkSteps
from appliance.card.secrets import secrets_in, without
from appliance.card.spoken import language_of
from appliance.card.ssh import KEYS, ssh
from appliance.card.stamp import STAMP, stamp
from appliance.card.unused import of_former_clients, unused
from appliance.card.vault import Vault
from appliance.card.writing import put
from appliance.config.bounded import loads
from appliance.config.content import Undecodable, read_content
from appliance.config.load import ConfigError, load
from appliance.config.log import Log
from appliance.config.machine import Time
from appliance.config.reading import OF_THE_CARD, Reading, nothing, read_parts, text_of
from appliance.config.schema import Config
from appliance.config.toml import Mistake
from appliance.config.words import words_of
from appliance.language.catalogue import ENGLISH, Language
from appliance.language.text import Text, Unusable
from appliance.runtime.atomic import content_of, remove, write

log = structlog.get_logger()

ROOM = "etc/offhook/room.toml"
STORE = "etc/credstore"
FILE = boot_partition.FILE
RSYSLOG = "usr/sbin/rsyslogd"


class Outcome(msgspec.Struct, frozen=True):
    """What came of it: the mistakes, what has changed (network, wifi, time, zone, …), and what is in force now.

    `certificate`: the SHA-256 fingerprint of the box's own, where `[panel]` or `[share]` shows it. `language`: that of
    the mistakes. `eap`: the interface that 802.1X is for; empty for none. `waits`: the room is still to be fetched.
    """

    mistakes: tuple[Mistake, ...]
    changed: frozenset[str]
    has_room: bool
    has_wifi: bool
    has_ssh: bool
    has_syslog: bool = False
    certificate: str = ""
    language: Language = ENGLISH
    eap: str = ""
    waits: bool = False


def apply(boot: Path, root: Path) -> Outcome:
    """Applies `room.toml` in the folder `boot` to the machine below `root`; the outcome has mistakes and failures."""
    return _Application(boot, root).run()


class _Application:
    def __init__(self, boot: Path, root: Path) -> None:
        self._file = boot / FILE
        self._boot = boot
        self._root = root
        self._store = root / STORE
        self._content, reading = self._read()
        found, self._reading = find(reading, boot, root)
        self._waits = _only_waits(self._reading)
        self._mistakes = [*(() if self._waits else self._reading.mistakes), *_lookalikes(boot)]
        self._changed: set[str] = set()
        self._failed = False
        self._vault = Vault(self._store, self._reading.document)
        self._network = NetworkSteps(self._reading, found, self._vault, boot, root)

    def run(self) -> Outcome:
        steps: dict[str, Callable[[], bool]] = {
            **self._network.steps(),
            "hostname": lambda: put(self._root, hostname(self._root)),
            "zone": lambda: self._section("time", clock.zone(self._time)),
            "time": lambda: self._section("time", clock.servers(self._time)),
            "ssh": lambda: self._section("ssh", ssh(self._reading.card.ssh)),
            "room": self._room,
            "certificate": self._certificate,
            "firewall": self._firewall,
            "syslog": self._syslog,
            "secrets": self._take_secrets_out,
        }
        for name, step in steps.items():
            with self._noting_failure(name):
                if step():
                    self._changed.add(name)
        return self._end()

    @property
    def _time(self) -> Time:
        return self._reading.card.time or Time()

    def _read(self) -> tuple[bytes, Reading]:
        try:
            content = read_content(self._file)
        except Undecodable as error:
            return b"", nothing(error.mistake)
        return content, read_parts(content, self._store)

    def _section(self, name: str, files: Files) -> bool:
        return self._reading.decides((name,)) and put(self._root, files)

    def _room(self) -> bool:
        """The firmware's own configuration; where none comes of this file, the former one stays."""
        if self._reading.config is None:
            return False
        before = self._document()
        new_secret = self._vault.keep(*self._tables_of_the_room())
        mine = [owner for owner in set(self._reading.owners) if owner and owner[0] in OF_THE_CARD]
        gone = (*self._reading.wrong, *mine)
        lines = without(self._reading, tuple(secrets_in(self._reading.document)))
        text = text_of(lines, self._reading.owners, gone, self._reading.unreadable)
        put(self._root, {ROOM: File(text, 0o640)})
        self._vault.forget(unused(self._reading.config))
        if self._reading.decides(("share",)):
            self._vault.forget(of_former_clients(self._reading.config, self._store))
        return new_secret or before != self._document()

    def _tables_of_the_room(self) -> set[tuple[str, ...]]:
        """The tables whose secrets are the room's; those of the card's own sections have steps of their own."""
        return {secret.path[:1] for secret in secrets_in(self._reading.document) if secret.table not in OF_THE_CARD}

    def _firewall(self) -> bool:
        """Rules that cannot be had leave everything closed: without the file everything would be open."""
        try:
            return put(self._root, firewall(self._in_force(), ssh=self._has(KEYS), network=self._network.in_force()))
        except ValueError:
            if put(self._root, closed()):
                self._changed.add("firewall")
            raise

    def _syslog(self) -> bool:
        """The journal's way to a server, of the room that is in force; rsyslog has to be there for it."""
        config = self._in_force()
        files = syslog.syslog(Log() if config is None else config.log)
        changed = put(self._root, files)
        if any(files.values()) and not (self._root / RSYSLOG).exists():
            raise Unusable(Text("card.no_rsyslog"))
        return changed

    def _certificate(self) -> bool:
        """The pair for status page and programs, also where the room is the former one."""
        return self._wants_certificate() and certificate.ensure(self._root)

    def _wants_certificate(self) -> bool:
        config = self._in_force()
        return config is not None and certificate.asked_for(config)

    def _document(self) -> dict[str, Any]:
        """What the configuration in force says to the firmware."""
        try:
            document = loads((content_of(self._root / ROOM) or b"").decode())
        except ValueError:  # somebody wrote it by hand
            return {}
        return {key: value for key, value in document.items() if key not in OF_THE_CARD}

    def _take_secrets_out(self) -> bool:
        """Blanks what is stored now in the file on the card, unless somebody has changed it in the meantime."""
        gone = [remove(key) for key in self._network.keys]
        return self._blank() or any(gone)

    def _blank(self) -> bool:
        if not self._vault.kept or content_of(self._file) != self._content:
            return False
        mark = codecs.BOM_UTF8 if self._content.startswith(codecs.BOM_UTF8) else b""
        text = "".join(without(self._reading, tuple(self._vault.kept)))
        self._content = mark + text.encode("utf-8", "surrogateescape")
        return write(self._file, self._content, None)

    def _in_force(self) -> Config | None:
        try:
            return load(self._root / ROOM, self._store)
        except ConfigError:
            return None

    def _has(self, path: str) -> bool:
        return bool(content_of(self._root / path))

    @contextlib.contextmanager
    def _noting_failure(self, step: str) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # whatever it is, the other steps are needed all the more
            if not isinstance(error, OSError | ValueError):
                log.exception("step_failed", step=step)
            self._failed = True
            self._mistakes.append(Mistake(1, "", Text("card.not_applied", step=step, why=words_of(error))))

    def _end(self) -> Outcome:
        has_room = self._reading.config is not None
        spoken = language_of(self._reading.lines) if self._mistakes else ENGLISH
        with self._noting_failure("report"):
            report.write_report(self._boot, self._root, sorted(self._mistakes), has_room=has_room, language=spoken)
        if not self._failed:
            with self._noting_failure("stamp"):
                put(self._root, {STAMP: File(stamp(self._content))})
        return Outcome(
            mistakes=tuple(sorted(self._mistakes)),
            changed=frozenset(self._changed),
            has_room=has_room,
            has_wifi=self._has(supplicant.SUPPLICANT),
            has_ssh=self._has(KEYS),
            has_syslog=self._has(syslog.PATH),
            certificate=certificate.shown(self._root) if self._wants_certificate() else "",
            language=spoken,
            eap=supplicant.interface_of(self._root),
            waits=self._waits,
        )


def _only_waits(reading: Reading) -> bool:
    """Whether nothing but the room is missing, which the fleet's server has: then that is no mistake."""
    missing = {(each.key, each.message.key) for each in reading.mistakes}
    return "fleet" in reading.document and missing == {(name, "mistake.missing") for name in ("room", "terminal")}


def _lookalikes(boot: Path) -> Iterator[Mistake]:
    """Files that an editor named otherwise than meant."""
    for name in ("room.toml.txt", "room.txt"):
        if (boot / name).exists():
            yield Mistake(1, "", Text("card.lookalike", name=name, file=FILE))
