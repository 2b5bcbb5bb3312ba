"""What every command of `offhook update` begins with: this box, its configuration, and how to say why it cannot be."""

import importlib.metadata
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from appliance.cli.options import NO_CONNECTION, REFUSED, ROOM, WRONG_USE

if TYPE_CHECKING:
    from appliance.card.update.box import Box
    from appliance.card.update.plan import Step
    from appliance.card.update.updater import Updater
    from appliance.config.schema import Config
    from appliance.config.update import UpdateConfig
    from appliance.runtime.fetch import Way

_NETWORK = frozenset({"update.why.fetch", "update.why.clock"})
root_option = click.option("--root", type=click.Path(path_type=Path), default=Path("/"), hidden=True)


def with_updater(root: Path, what: "Callable[[Updater, UpdateConfig], Awaitable[Step]]") -> None:
    """Does something with this box's updater, alone; prints why it cannot be, and ends with the code for that."""
    import trio  # noqa: PLC0415  # as above

    from appliance.card.update.service import alone  # noqa: PLC0415  # as above
    from appliance.card.update.state import FOLDER, Kept  # noqa: PLC0415  # as above
    from appliance.card.update.updater import Updater  # noqa: PLC0415  # as above
    from appliance.config.update import UpdateConfig  # noqa: PLC0415  # as above

    box = card_at(root)
    room = config_at(root)
    config = (room.update if room is not None else None) or UpdateConfig()
    folder = root / FOLDER.relative_to("/")
    with telling_why(), alone(folder):
        updater = Updater(Kept(folder), box, config, running(), _way(config, root))
        trio.run(what, updater, config)


@contextmanager
def telling_why() -> Iterator[None]:
    """Prints why something cannot be, and ends the process with the code for that."""
    from appliance.card.update.channel import Unbelievable  # noqa: PLC0415  # as above
    from appliance.card.update.command import Failed  # noqa: PLC0415  # as above

    try:
        yield
    except (Failed, Unbelievable) as error:
        click.echo(f"offhook: {error}", err=True)
        raise SystemExit(NO_CONNECTION if error.text.key in _NETWORK else REFUSED) from None


def _way(config: "UpdateConfig", root: Path) -> "Way":
    """Returns how servers are reached: by the proxy of `[network]`, and with the authorities of `[update]`."""
    from appliance.runtime.proxy import PLACE, STORE, Unreadable, way  # noqa: PLC0415  # as above

    try:
        found = way(root / PLACE.relative_to("/"), root / STORE.relative_to("/"))
    except Unreadable as error:
        click.echo(f"offhook: {error}", err=True)
        raise SystemExit(WRONG_USE) from None
    return found if config.ca is None else msgspec.structs.replace(found, authorities=Path(config.ca))


def card_at(root: Path) -> "Box":
    """Returns this box; one that has no second slot is told which road it has instead, and the process ends."""
    from appliance.card.update.box import Box  # noqa: PLC0415  # as above
    from appliance.card.update.command import Failed  # noqa: PLC0415  # as above
    from appliance.runtime import logs  # noqa: PLC0415  # as above

    logs.configure("info")
    box = Box(root)
    try:
        box.check()
    except Failed as error:
        click.echo(f"offhook: {error}", err=True)
        raise SystemExit(WRONG_USE) from None
    return box


def config_at(root: Path) -> "Config | None":
    """The room's configuration; None where it cannot be used, which must not keep a box from being renewed."""
    from appliance.config.load import ConfigError, load  # noqa: PLC0415  # as above

    try:
        return load(root / ROOM.relative_to("/"), root / "etc/credstore")
    except ConfigError:
        return None


def running() -> str:
    """Returns the version of this software."""
    return importlib.metadata.version("offhook")
