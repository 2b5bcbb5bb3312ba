"""`offhook remote HOST configuration`: the file that says how a room is, shown, changed and kept."""

import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from appliance.cli.options import DONE, table
from appliance.cli.remote.reach import Reach
from appliance.cli.remote.said import json_of, version_of_file_rows

if TYPE_CHECKING:
    from appliance.api.client.client import Client

_AS_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON.")


@click.group("configuration")
def configuration() -> None:
    """Shows and changes the room.toml of the box. The token needs the role `maintain`."""


@configuration.command("show")
@_AS_JSON
@click.pass_obj
def show(reach: Reach, as_json: bool) -> None:  # noqa: FBT001  # click's way to give options
    """Prints room.toml, with `(kept)` for each secret; with --json also its mark, and what is on trial."""

    async def ask(client: "Client") -> int:
        file = await client.configuration_file()
        click.echo(json_of(file) if as_json else file.text, nl=as_json)
        return DONE

    raise SystemExit(reach.run(ask))


@configuration.command("apply")
@click.option("--mark", default="", help="Of the room.toml that FILE was made upon; otherwise the one of this moment.")
@click.option("--keep", is_flag=True, help="Keep it at once, if the link to the terminal is there.")
@click.argument("file", type=click.Path(dir_okay=False, exists=True, allow_dash=True, path_type=Path))
@click.pass_obj
def apply(reach: Reach, file: Path, mark: str, keep: bool) -> None:  # noqa: FBT001  # as above
    """Puts FILE in force, on trial: unless it is kept, the former one returns by itself.

    Where FILE says `(kept)` for a secret, the one that the box has stays. Exit code 1: it has mistakes, or somebody
    else has changed the file since `--mark`; both are printed. Or it is not kept: why, and when the former one returns.
    """
    text = _text_of(file)
    on_trial = list[float]()

    async def ask(client: "Client") -> int:
        from appliance.api.file import ConfigurationText  # noqa: PLC0415  # see the docstring of appliance.cli.main

        upon = mark or (await client.configuration_file()).mark
        seconds = (await client.put_configuration(ConfigurationText(text), if_match=upon)).seconds
        if not seconds:
            click.echo("nothing differs")
            return DONE
        on_trial.append(seconds)
        if keep:
            await client.keep_configuration()
        click.echo("kept" if keep else f"on trial for {seconds:.0f} s")
        return DONE

    _end(reach, ask, on_trial)


def _end(reach: Reach, ask: "Callable[[Client], Awaitable[int]]", on_trial: Sequence[float] = ()) -> NoReturn:
    """Asks, and ends the process. Where it is refused, it says how the box is, too.

    `on_trial`: for how many seconds something is, as the box said last, where `ask` has changed it.
    """
    if (code := reach.run(ask)) != DONE and reach.run(_say_state) != DONE and on_trial:
        click.echo(f"on trial: the former one returns within {on_trial[-1]:.0f} s unless this one was kept", err=True)
    raise SystemExit(code)


async def _say_state(client: "Client") -> int:
    trial = (await client.configuration_file()).trial
    says = "nothing is on trial"
    if trial is not None:
        says = f"on trial: the former one returns in {trial:.0f} s unless this one is kept"
    click.echo(says, err=True)
    return DONE


def _text_of(file: Path) -> str:
    """Returns the text of a file, or of standard input. Raises `click.UsageError`: it is none."""
    from appliance.config.content import LARGEST_FILE, Undecodable, decoded, read_content  # noqa: PLC0415  # as above

    try:
        return decoded(sys.stdin.buffer.read(LARGEST_FILE + 1) if str(file) == "-" else read_content(file))
    except Undecodable as error:
        raise click.UsageError(f"{file}:{error.mistake.line}: {error}") from None


@configuration.command("keep")
@click.pass_obj
def keep_it(reach: Reach) -> None:
    """Keeps what is on trial."""

    async def ask(client: "Client") -> int:
        click.echo(f"in force: {(await client.keep_configuration()).in_force}")
        return DONE

    _end(reach, ask)


@configuration.command("return")
@click.pass_obj
def give_back(reach: Reach) -> None:
    """Puts the one before the trial in force again."""

    async def ask(client: "Client") -> int:
        click.echo(f"in force: {(await client.return_configuration()).in_force}")
        return DONE

    _end(reach, ask)


@configuration.command("versions")
@_AS_JSON
@click.pass_obj
def versions(reach: Reach, as_json: bool) -> None:  # noqa: FBT001  # as above
    """Lists those that were kept, the newest first; with --json also their texts."""

    async def ask(client: "Client") -> int:
        found = await client.configuration_versions()
        for line in [json_of(found)] if as_json else table([*version_of_file_rows(found)]):
            click.echo(line)
        return DONE

    raise SystemExit(reach.run(ask))
