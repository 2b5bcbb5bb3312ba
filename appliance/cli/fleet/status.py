"""The command `offhook fleet status`: all rooms of a broker as a table, once or as it changes."""

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from appliance.cli.fleet.rooms import rooms_of
from appliance.cli.options import DONE, NO_CONNECTION, REFUSED, WRONG_USE, table

if TYPE_CHECKING:
    from appliance.cli.fleet.listen import Listening
    from appliance.fleet.mqtt.config import MqttConfig
    from appliance.fleet.mqtt.overview import Expected, Name, Row

_FILE = click.Path(dir_okay=False, exists=True)
_INVENTORY = click.Path(dir_okay=False, exists=True, path_type=Path)
REDRAWN: Final = 1.0  # seconds between two tables of --watch at least
_CLEAR: Final = "\x1b[H\x1b[2J"  # to the upper left, and everything away (ECMA-48)


@click.command("status")
@click.argument("host")
@click.option("--port", type=click.IntRange(1, 65535), help="Of the broker; otherwise 8883, and 1883 without TLS.")
@click.option("--site", default="", help="Only the rooms of this site.")
@click.option(
    "--inventory", type=_INVENTORY, help="Names rooms of it that the broker does not know, or with another box."
)
@click.option("--ca", type=_FILE, help="Who has signed the broker's certificate; otherwise whom the system trusts.")
@click.option("--certificate", type=_FILE, help="Our own certificate (PEM), together with --key.")
@click.option("--key", type=_FILE)
@click.option("--user", default="")
@click.option("--password-file", type=_FILE)
@click.option("--plain", is_flag=True, help="Without TLS. Without this, only a broker on this machine is spoken to so.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, one line a table.")
@click.option("--watch", is_flag=True, help="Again whenever something changes, until Ctrl-C.")
def status(inventory: Path | None, site: str, as_json: bool, watch: bool, **connection: Any) -> None:  # noqa: ANN401, FBT001  # click's way to give options
    """Shows all rooms of the broker HOST: availability, call, link to the terminal, version, and what is wrong.

    Exit code 0: all is well, 1: something is wrong, 2: wrong use, 3: there is no broker.
    """
    config = _config(**connection)
    raise SystemExit(_run(config, _Shown(_expected(inventory, site), as_json=as_json), site, watch=watch))


class _Shown:
    """Shows the rooms; `code`: the exit code that they make."""

    def __init__(self, expected: "dict[Name, Expected]", *, as_json: bool) -> None:
        self.code = DONE
        self._expected = expected
        self._as_json = as_json

    def __call__(self, heard: "Listening", *, again: bool) -> None:
        """Shows them; `again`: over those of before."""
        rows = heard.overview.rows(self._expected)
        problems = [*_problems(heard, rows)]
        self.code = REFUSED if problems or any(row.wrong for row in rows) else DONE
        self.code = NO_CONNECTION if heard.lost_because else self.code
        click.echo(self._json(rows, problems) if self._as_json else _people(rows, problems, again=again))

    def _json(self, rows: "list[Row]", problems: list[str]) -> str:
        import msgspec  # noqa: PLC0415  # see the docstring of appliance.cli.main

        said = {"version": 1, "ok": self.code == DONE, "problems": problems, "rooms": rows}
        return msgspec.json.encode(said).decode()


def _problems(heard: "Listening", rows: "list[Row]") -> list[str]:
    """What is wrong with the whole."""
    found = {
        f"no broker: {heard.lost_because}; what it said before:": bool(heard.lost_because),
        "the broker was still telling after 10 s: rooms may be missing": not heard.whole,
        "there are more rooms than can be shown; expected --site": heard.overview.overflow,
        "the broker knows no room": not rows,
    }
    return [words for words, is_so in found.items() if is_so]


def _people(rows: "list[Row]", problems: list[str], *, again: bool) -> str:
    from appliance.fleet.mqtt.overview import cells  # noqa: PLC0415  # as above

    lines: list[str] = [*problems, *table([*cells(rows)])]
    well = sum(not row.wrong for row in rows)
    clear = _CLEAR if again and sys.stdout.isatty() else ""
    return clear + "\n".join([*lines, f"{len(rows)} rooms, {well} of them well"])


def _run(config: "MqttConfig", shown: _Shown, site: str, *, watch: bool) -> int:
    import trio  # noqa: PLC0415  # as above

    from appliance.cli.fleet.listen import Listening, Unreached, listen  # noqa: PLC0415  # as above
    from appliance.terminal.config import CredentialsError  # noqa: PLC0415  # as above

    async def once(heard: Listening) -> None:
        await heard.until_whole()
        shown(heard, again=watch)
        while watch:
            await trio.sleep(REDRAWN)
            await heard.changed()
            shown(heard, again=True)

    async def until_asked() -> None:
        with trio.CancelScope() as scope, trio.open_signal_receiver(signal.SIGINT, signal.SIGTERM) as signals:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(_end, signals, scope)
                await listen(config, site, password, once)
                nursery.cancel_scope.cancel()

    async def _end(signals: Any, scope: trio.CancelScope) -> None:  # noqa: ANN401  # trio names no type for it
        await anext(aiter(signals))
        scope.cancel()

    try:
        password = config.secret()
    except CredentialsError as error:
        click.echo(str(error), err=True)
        return WRONG_USE
    code: int | None = None
    try:
        trio.run(until_asked)
    except* Unreached as errors:
        code = NO_CONNECTION
        click.echo(f"no broker: {_first(errors)}", err=True)
    return shown.code if code is None else code


def _first(errors: BaseExceptionGroup[Any]) -> BaseException:
    found: BaseException = errors
    while isinstance(found, BaseExceptionGroup):
        found = found.exceptions[0]
    return found


def _config(  # click gives all of them by name
    host: str,
    *,
    port: int | None,
    user: str,
    password_file: str | None,
    plain: bool,
    ca: str | None,
    certificate: str | None,
    key: str | None,
) -> "MqttConfig":
    """What `[mqtt]` would be for this connection, with the same rules."""
    from appliance.fleet.mqtt.config import MqttConfig  # noqa: PLC0415  # as above
    from appliance.language.text import Unusable  # noqa: PLC0415  # as above

    tls = False if plain else (True if ca or certificate else None)
    try:
        return MqttConfig(
            host=host,
            port=port,
            site="-",
            room="-",
            tls=tls,
            ca=ca,
            certificate=certificate,
            key=key,
            user=user,
            password_file=password_file,
        )
    except Unusable as error:
        raise click.UsageError(str(error)) from None


def _expected(inventory: Path | None, site: str) -> "dict[Name, Expected]":
    """The rooms of an inventory that speak to a broker, by their names at it."""
    from appliance.fleet.mqtt.overview import Expected  # noqa: PLC0415  # as above

    found = {}
    for room, written in () if inventory is None else rooms_of(inventory):
        mqtt = room.config.mqtt if room.config else None
        if mqtt is not None and site in {"", mqtt.site}:
            found[mqtt.site, mqtt.room] = Expected(room.name, written.machine or "")
    return found
