"""What goes into the support bundle of a room that is built."""

import importlib.metadata
import os
import platform
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import trio

from appliance.fleet.box import read_box, start_reason
from appliance.language.catalogue import Language
from appliance.language.text import Text
from appliance.maintain.bundle import Contents, json_text
from appliance.maintain.hidden import files_of, hidden, secrets_in
from appliance.panel.maintenance.pictures import png
from appliance.panel.status import health_json
from appliance.run.parts import Parts
from appliance.runtime.files import read_file
from appliance.runtime.logs import recent
from appliance.runtime.recent import Line
from appliance.services.box.journal import journal_of
from appliance.services.state_files import state_directory
from appliance.terminal.config import place
from appliance.wiring.picture import picture
from appliance.wiring.places import wiring

LARGEST_SECRET = 64 * 1024  # bytes of a file that is looked for in all others


async def whole_bundle(parts: Parts, language: Language) -> Contents:
    """Returns what is so now, with the journal of the machine where there is somebody who may read it."""
    return bundle_of(parts, language, await journal_of(parts.deputy))


def bundle_of(parts: Parts, language: Language, journal: str | Text) -> Contents:
    """Returns what is so now; the rest is read in the thread that makes the bundle.

    `journal`: of the machine, or why it is not there.
    """
    document: dict[str, Any] = msgspec.to_builtins(parts.config)
    shown, secrets = hidden(document)
    now, glass = trio.current_time(), None if parts.shows_secret else parts.said.picture
    known = {name: msgspec.structs.asdict(each) for name, each in parts.conditions.known.items()}
    record = msgspec.structs.asdict(parts.link_record) | {"lost": language.say(parts.link_record.lost)}
    link = {
        "now": now,
        "account": parts.account,
        "record": record,
        "answers": parts.answers.figures(),
        "received": parts.link.counters,
    }
    lines, audit = recent.after(0)[0], parts.audit.last()
    return Contents(
        texts={
            "about.json": partial(_about, parts.card.text, now),
            "configuration.json": json_text(shown),
            "health.json": json_text(
                health_json(parts.store.state, msgspec.structs.asdict(parts.link.counters), language)
            ),
            "services.json": json_text({"now": now, "services": known}),
            "link.json": json_text(link),
            "log.txt": partial(_log, lines),
            "audit.json": partial(json_text, audit),
            "display.txt": "" if parts.shows_secret else "\n".join(parts.said.words) + "\n",
            "wiring.svg": partial(_wiring, parts, language),
            **({"journal.txt": journal} if isinstance(journal, str) else {}),
        },
        pictures={} if glass is None else {"display.png": partial(png, glass)},
        secrets=partial(_secrets, secrets, tuple(files_of(document)), parts.secrets()),
        missing=_missing(language, journal, has_picture=glass is not None),
        at=parts.clock(),
    )


def _missing(language: Language, journal: str | Text, *, has_picture: bool) -> dict[str, str]:
    why = {} if isinstance(journal, str) else {"journal.txt": language.say(journal)}
    return why if has_picture else {**why, "display.png": language.say(Text("maintain.no_picture"))}


def _about(card: str, now: float) -> str:
    folder = state_directory()
    return json_text(
        {
            "firmware": importlib.metadata.version("offhook"),
            "python": platform.python_version(),
            "kernel": platform.release(),
            "machine": platform.machine(),
            "monotonic": now,
            "start_reason": start_reason(folder),
            "box": read_box(folder),
            "card": card,
        }
    )


def _log(lines: Iterable[Line]) -> str:
    return "".join(f"{line.at:.3f} {line.level} {line.event} {line.text}\n" for line in lines)


def _wiring(parts: Parts, language: Language) -> str:
    return picture(wiring(parts.config), language)


def _secrets(configured: Iterable[str], files: Iterable[str], more: Iterable[str]) -> Iterator[str]:
    """Yields all secrets: what the configuration has, what is in the files that it names, and the service's own."""
    yield from configured
    yield from more
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    credentials = sorted(Path(folder).iterdir()) if folder else []
    for path in (*map(place, files), *credentials):
        try:
            yield from secrets_in(read_file(path, LARGEST_SECRET, follow=True).decode(errors="replace"))
        except OSError:
            continue  # what cannot be read cannot have been logged by us
