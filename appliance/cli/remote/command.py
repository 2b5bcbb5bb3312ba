"""The command `offhook remote`: what a box elsewhere shows, and what is asked of it, for people and for scripts."""

import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from appliance.cli.options import DONE, REFUSED, table
from appliance.cli.remote.configuration import configuration
from appliance.cli.remote.machine import machine
from appliance.cli.remote.reach import Reach, place_of, token_of
from appliance.cli.remote.said import (
    device_rows,
    health_rows,
    json_of,
    part_rows,
    setting_rows,
    told_line,
    version_rows,
    view_rows,
)
from appliance.cli.remote.wanted import wanted

if TYPE_CHECKING:
    from appliance.api.client.client import Client
    from appliance.api.client.items import Told

_FILE = click.Path(dir_okay=False, exists=True, path_type=Path)
_AS_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON.")


@click.group("remote")
@click.option("--ca", type=_FILE, help="Who has signed the box's certificate; otherwise whom the system trusts.")
@click.option("--fingerprint", default="", help="SHA-256 of the box's certificate; it is then the only one trusted.")
@click.option("--token-file", type=_FILE, help="A file with the token, which nobody else can read.")
@click.argument("host")
@click.pass_context
def remote(context: click.Context, host: str, ca: Path | None, fingerprint: str, token_file: Path | None) -> None:
    """Asks the box HOST over its interface for programs: HOST, HOST:PORT or https://HOST:PORT.

    The token is in the variable OFFHOOK_TOKEN, or in a file. Without a port it is 8443, and 8080 on this machine, which
    alone is asked in plain. Exit code 0: done, 1: refused, or something is wrong, 2: wrong use, 3: no connection.
    """
    from appliance.api.client.trust import is_fingerprint  # noqa: PLC0415  # see the docstring of appliance.cli.main

    if fingerprint and not is_fingerprint(fingerprint):
        raise click.UsageError("--fingerprint: expected 64 hexadecimal digits, with or without colons")
    place = place_of(host)
    if place.scheme == "http" and (ca or fingerprint):
        raise click.UsageError(f"{place.base} has no certificate; expected https:// with --ca and --fingerprint")
    context.obj = Reach(place, token_of(token_file), ca, fingerprint)


remote.add_command(machine)


@remote.command()
@_AS_JSON
@click.pass_obj
def view(reach: Reach, as_json: bool) -> None:  # noqa: FBT001  # click's way to give options
    """Shows the room: call, microphone, volume, meetings."""

    async def ask(client: "Client") -> int:
        seen = await client.view()
        _show(seen, view_rows(seen), as_json=as_json)
        return DONE

    raise SystemExit(reach.run(ask))


@remote.command()
@_AS_JSON
@click.pass_obj
def health(reach: Reach, as_json: bool) -> None:  # noqa: FBT001  # as above
    """Shows every service with since when and why. Exit code 1 where something does not work."""

    async def ask(client: "Client") -> int:
        found = await client.health()
        _show(found, health_rows(found), as_json=as_json)
        for warning in () if as_json else found.warnings:
            click.echo(f"warning: {warning}")
        return DONE if found.ok else REFUSED

    raise SystemExit(reach.run(ask))


@remote.command()
@_AS_JSON
@click.pass_obj
def devices(reach: Reach, as_json: bool) -> None:  # noqa: FBT001  # as above
    """Shows the devices of the room. Exit code 1 where one is not there."""

    async def ask(client: "Client") -> int:
        found = await client.devices()
        _show(found, device_rows(found), as_json=as_json)
        return DONE if all(each.found for each in found.devices) else REFUSED

    raise SystemExit(reach.run(ask))


@remote.command()
@_AS_JSON
@click.pass_obj
def version(reach: Reach, as_json: bool) -> None:  # noqa: FBT001  # as above
    """Shows which box it is, and its firmware."""

    async def ask(client: "Client") -> int:
        about = await client.version()
        _show(about, version_rows(about), as_json=as_json)
        return DONE

    raise SystemExit(reach.run(ask))


@remote.command()
@_AS_JSON
@click.pass_obj
def actions(reach: Reach, as_json: bool) -> None:  # noqa: FBT001  # as above
    """Shows what may be asked with this token."""

    async def ask(client: "Client") -> int:
        forms = await client.actions()
        _show(forms, ((each.form,) for each in forms.actions if each.may), as_json=as_json)
        return DONE

    raise SystemExit(reach.run(ask))


@remote.command(context_settings={"ignore_unknown_options": True})
@click.option("--wait", type=click.FloatRange(0, 10), help="Seconds to wait for the terminal to confirm; 5 otherwise.")
@click.option("--by", default="", help="Who asks, for the display.")
@_AS_JSON
@click.argument("action", nargs=-1, required=True)
@click.pass_obj
def do(reach: Reach, action: tuple[str, ...], wait: float | None, by: str, as_json: bool) -> None:  # noqa: FBT001  # as above
    """Asks the room to do ACTION, in the words of buttons: `mute on`, `call anna@example.com`.

    Exit code 0: the terminal has confirmed it, or was asked and has not answered yet; 1: there was nothing to do, or
    it was refused.
    """

    async def ask(client: "Client") -> int:
        from appliance.api.asks import PATIENCE, Ask  # noqa: PLC0415  # see the docstring of appliance.cli.main

        asked = Ask(" ".join(action), PATIENCE if wait is None else wait, by=by)
        done = await client.post_action(asked, idempotency_key=secrets.token_hex(8))
        _show(done, [(": ".join(filter(None, (done.outcome, done.why))),)], as_json=as_json)
        return DONE if done.outcome in {"confirmed", "asked"} else REFUSED

    raise SystemExit(reach.run(ask))


@remote.command()
@click.option("--wait", type=click.FloatRange(0, 10), help="Seconds to wait for the terminal to confirm; 5 otherwise.")
@_AS_JSON
@click.argument("wishes", metavar="[NAME=VALUE ...]", nargs=-1)
@click.pass_obj
def settings(reach: Reach, wishes: tuple[str, ...], wait: float | None, as_json: bool) -> None:  # noqa: FBT001  # as above
    """Shows the settings of the room's terminal, or changes some: `auto_answer=on loudspeaker_level=40`.

    Exit code 0: shown, or each is confirmed, or asked and not answered yet; 1: something is refused.
    """
    change = wanted(wishes)

    async def ask(client: "Client") -> int:
        from appliance.api.asks import PATIENCE  # noqa: PLC0415  # see the docstring of appliance.cli.main
        from appliance.api.settings import SettingsAsk  # noqa: PLC0415  # as above

        if not wishes:
            found = await client.terminal_settings()
            _show(found, [(found.why,)] if found.why else setting_rows(found), as_json=as_json)
            return DONE
        done = await client.patch_terminal_settings(SettingsAsk(change, PATIENCE if wait is None else wait))
        lines = [(name, each.outcome, each.why) for name, each in done.outcomes.items()]
        _show(done, lines, as_json=as_json)
        return DONE if all(each.outcome in {"confirmed", "asked"} for each in done.outcomes.values()) else REFUSED

    raise SystemExit(reach.run(ask))


@remote.command()
@_AS_JSON
@click.pass_obj
def parts(reach: Reach, as_json: bool) -> None:  # noqa: FBT001  # as above
    """Shows which parts of the room can be tried, and in which ways."""

    async def ask(client: "Client") -> int:
        found = await client.parts()
        _show(found, part_rows(found), as_json=as_json)
        return DONE

    raise SystemExit(reach.run(ask))


@remote.command("try")
@click.option("--sure", is_flag=True, help="Also what acts upon the world; without, it is said what that does.")
@_AS_JSON
@click.argument("part")
@click.argument("how", default="")
@click.pass_obj
def attempt(reach: Reach, part: str, how: str, sure: bool, as_json: bool) -> None:  # noqa: FBT001  # as above
    """Tries PART in the way HOW, or in its usual one: `try 'lamp link' blink`.

    Exit code 0: the part has confirmed it, or was asked and has not; 1: it has failed, or was not begun.
    """

    async def ask(client: "Client") -> int:
        from appliance.api.tried import Try  # noqa: PLC0415  # see the docstring of appliance.cli.main

        tried = await client.post_try(Try(part, how, sure))
        _show(tried, [(tried.says,)], as_json=as_json)
        return DONE if tried.outcome in {"confirmed", "asked"} else REFUSED

    raise SystemExit(reach.run(ask))


@remote.command()
@_AS_JSON
@click.pass_obj
def watch(reach: Reach, as_json: bool) -> None:  # noqa: FBT001  # as above
    """Follows the room until Ctrl-C: what changes, and what happens; a line each."""
    from appliance.cli.remote import watching  # noqa: PLC0415  # see the docstring of appliance.cli.main

    def show(told: "Told") -> None:
        click.echo(json_of(told) if as_json else told_line(told))

    raise SystemExit(reach.run(lambda client: watching.watch(client, show)))


def _show(what: object, rows: Iterable[Sequence[str]], *, as_json: bool) -> None:
    for line in [json_of(what)] if as_json else table([*rows]):
        click.echo(line)


remote.add_command(configuration)
