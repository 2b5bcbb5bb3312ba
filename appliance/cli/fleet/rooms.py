"""What an administrator does with an inventory: checks it, and makes the file of each room."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from appliance.cli.options import WRONG_USE

if TYPE_CHECKING:
    from appliance.provision.inventory import Inventory, Room
    from appliance.provision.render import Rendered

F = TypeVar("F", bound=Callable[..., Any])

_FILE = click.Path(dir_okay=False, exists=True, path_type=Path)
_NEW = click.Path(dir_okay=False, path_type=Path)
_DAY = 86_400  # seconds


def _of_secrets(function: F) -> F:
    function = click.option("--secrets", type=_FILE, help='Lines NAME = "VALUE", plain or encrypted by age.')(function)
    return click.option("--identity", type=_FILE, help="The age key that reads the secrets.")(function)


@click.command()
@click.argument("inventory", type=_FILE)
@_of_secrets
def check(inventory: Path, secrets: Path | None, identity: Path | None) -> None:
    """Checks every room of an inventory, and all of them together.

    Prints what is wrong as FILE:LINE: key: message. Without the file of secrets these are not looked at.
    """
    _, rooms = _read(inventory, secrets, identity)
    click.echo(f"{inventory}: {len(rooms)} rooms, no mistakes")


@click.command("render")
@click.argument("inventory", type=_FILE)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@_of_secrets
@click.option("--sign", "key", type=_FILE, help="An SSH key: makes MACHINE.room for each box instead of ROOM.toml.")
@click.option("--days", type=click.IntRange(1, 3660), default=366, show_default=True, help="How long they hold.")
@click.option("--room", "only", multiple=True, help="Only this room (may be repeated).")
@click.option("--prometheus", type=_NEW, help="Also writes the file by which Prometheus finds the rooms (all of them).")
@click.option("--host", help="Where it finds a box: a name with ${room}, ${site} and so on; else its fixed address.")
def render_command(
    inventory: Path,
    folder: Path,
    secrets: Path | None,
    identity: Path | None,
    key: Path | None,
    days: int,
    only: tuple[str, ...],
    prometheus: Path | None,
    host: str | None,
) -> None:
    """Makes the file of each room in FOLDER; nothing is written while anything is wrong.

    With --sign, FOLDER is what a web server serves to boxes with `[fleet]` in their room.toml.
    """
    read, rooms = _read(inventory, secrets, identity)
    if unknown := [name for name in only if name not in read.rooms]:
        _end([f"{inventory}: there is no [rooms.{unknown[0]}]"])
    chosen = [room for room in rooms if not only or room.name in only]
    targets = None if prometheus is None else _targets(inventory, read, rooms, host)
    folder.mkdir(parents=True, exist_ok=True)
    if prometheus is not None and targets is not None:
        _write(prometheus, targets)
    if key is None:
        _plain(chosen, folder)
    else:
        _signed(read, chosen, folder, key, days)


def _targets(path: Path, inventory: "Inventory", rooms: "list[Rendered]", host: str | None) -> str:
    from appliance.provision.found import said  # noqa: PLC0415  # see the docstring of appliance.cli.main
    from appliance.provision.scraped import scraped  # noqa: PLC0415  # as above

    targets, found = scraped(inventory, rooms, host)
    if found:
        _end(said(found, _text(path), str(path)))
    return targets


def _write(path: Path, content: str) -> None:
    """Writes for everybody: nothing in it is secret, and Prometheus is another user."""
    from appliance.runtime.atomic import write  # noqa: PLC0415  # as above

    try:
        write(path, content.encode(), 0o644)
    except OSError as error:
        _end([f"{path}: {error.strerror}"])


def _plain(rooms: "list[Rendered]", folder: Path) -> None:
    from appliance.runtime.atomic import write  # noqa: PLC0415  # see the docstring of appliance.cli.main

    changed = [write(folder / f"{room.name}.toml", room.text.encode(), 0o600) for room in rooms]
    click.echo(f"{folder}: {len(rooms)} rooms, {sum(changed)} changed")


def _signed(inventory: "Inventory", rooms: "list[Rendered]", folder: Path, key: Path, days: int) -> None:
    import trio  # noqa: PLC0415  # as above

    from appliance.provision.sealed import Package, SealError, seal  # noqa: PLC0415  # as above
    from appliance.runtime.atomic import write  # noqa: PLC0415  # as above

    now, sealed = int(time.time()), 0
    for room in rooms:
        box = inventory.rooms[room.name]
        if box.machine is None:
            click.echo(f"{room.name}: no box yet: expected `machine` in [rooms.{room.name}]", err=True)
            continue
        if box.recipient is None:
            click.echo(f"{room.name}: not encrypted: whoever reads the server reads its secrets", err=True)
        if room.config is not None and room.config.fleet is None:
            _end([f"{room.name}: no [fleet] in its file: its box would never ask again; expected one in the inventory"])
        package = Package(box.machine, now, now, now + days * _DAY, room.text)
        try:
            content = trio.run(seal, package, key, (box.recipient,) if box.recipient else ())
        except SealError as error:
            _end([f"{room.name}: {error}"])
        write(folder / f"{box.machine}.room", content, 0o644)
        sealed += 1
    click.echo(f"{folder}: {sealed} files, serial {now}")


def rooms_of(path: Path) -> "list[tuple[Rendered, Room]]":
    """The rooms of an inventory, rendered without secrets; where anything is wrong, says so and ends the process."""
    inventory, rooms = _read(path, None, None)
    return [(room, inventory.rooms[room.name]) for room in rooms]


def _read(path: Path, secrets: Path | None, identity: Path | None) -> "tuple[Inventory, list[Rendered]]":
    """The inventory and its rooms; where anything is wrong, says so and ends the process."""
    from appliance.provision.found import said  # noqa: PLC0415  # as above
    from appliance.provision.inventory import read_inventory  # noqa: PLC0415  # as above
    from appliance.provision.render import render  # noqa: PLC0415  # as above
    from appliance.provision.together import conflicts  # noqa: PLC0415  # as above

    text = _text(path)
    inventory, found = read_inventory(text)
    if inventory is None:
        _end(said(found, text, str(path)))
    rooms, found = render(inventory, _secrets(secrets, identity))
    if found := (*found, *conflicts(rooms)):
        _end(said(found, text, str(path)))
    return inventory, list(rooms)


def _text(path: Path) -> str:
    from appliance.provision.inventory import LARGEST  # noqa: PLC0415  # as above
    from appliance.runtime.files import read_file  # noqa: PLC0415  # as above

    try:
        return read_file(path, LARGEST, follow=True).decode()
    except (OSError, UnicodeDecodeError) as error:
        _end([f"{path}: {error}"])


def _secrets(path: Path | None, identity: Path | None) -> "dict[str, str] | None":
    import trio  # noqa: PLC0415  # as above

    from appliance.provision.sealed import SealError  # noqa: PLC0415  # as above
    from appliance.provision.secrets import read_secrets  # noqa: PLC0415  # as above

    if path is None:
        return None
    try:
        return dict(trio.run(read_secrets, path, identity))
    except SealError as error:
        _end([str(error)])


def _end(lines: list[str]) -> NoReturn:
    click.echo("\n".join(lines), err=True)
    raise SystemExit(WRONG_USE)
