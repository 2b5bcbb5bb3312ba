"""What root asks of `offhook access`."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from appliance.access.kept import WISH
from appliance.access.paired import forget_screens
from appliance.access.password import Password, kept_password, random_password
from appliance.access.roles import Role
from appliance.access.tokens import DAYS, TokenError, kept_tokens, with_token, without_token
from appliance.cli.access.folder import as_owner, state_option
from appliance.cli.options import WRONG_USE, table

_ROLES = click.Choice([role.word for role in Role])


@click.group()
def access() -> None:
    """Passwords and tokens of this box, see docs/security.md. A service that runs takes changes at once."""


@access.command()
@click.option("--print", "printed", is_flag=True, help="Print it here, and not on the box's display.")
@state_option
def password(state: Path, *, printed: bool) -> None:
    """Gives whoever maintains the box a new random password; the one before is good no longer.

    The box's display shows it for a minute, which takes a service that runs. Everybody who is logged in is logged out.
    """
    if printed:
        made = random_password()
        digest = _digest(made)  # by root: libraries are loaded for it
        with as_owner(state):
            kept_password(state).write(Password(digest, is_made=True))
        click.echo(made)
        return
    with as_owner(state) as folder:
        (folder / WISH).touch(mode=0o600)
    click.echo("The box's display shows the new password for a minute, as soon as the service runs.", err=True)


def _digest(made: str) -> str:
    import trio  # noqa: PLC0415  # see the docstring of appliance.cli.main

    from appliance.access.hashing import Hasher  # noqa: PLC0415  # as above

    return trio.run(Hasher().digest, Password(is_made=True).meant(made))


@access.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@state_option
def reset(state: Path, *, yes: bool) -> None:
    """Forgets the password, all tokens and all paired screens: nobody can log in until a new password is made."""
    if not yes:
        click.confirm("Nobody can log in then, no program and no screen is known. Go on?", abort=True, err=True)
    with as_owner(state):
        forget_everybody(state)
    click.echo("Done.", err=True)


def forget_everybody(state: Path) -> None:
    """Forgets the password, all tokens and all paired screens. Raises `OSError`."""
    kept_password(state).remove()
    kept_tokens(state).remove()
    forget_screens(state)


@access.group()
def token() -> None:
    """Tokens, each for one program."""


@token.command()
@click.argument("name")
@click.option("--role", type=_ROLES, required=True, help="What the program may do.")
@click.option("--days", type=click.IntRange(1, DAYS), help="For how many days it is good; left out: for ever.")
@state_option
def add(state: Path, name: str, role: str, days: int | None) -> None:
    """Makes a token for a program and prints it, this once. The program sends it as Authorization: Bearer TOKEN."""
    with as_owner(state), _refusals_said():
        kept = kept_tokens(state)
        every, secret = with_token(kept.read(), name, Role.of(role), days)
        kept.write(every)
    click.echo(secret)


@token.command("list")
@state_option
def list_tokens(state: Path) -> None:
    """Prints the tokens that there are: name, role, since when, until when. None of them can be read back."""
    with as_owner(state):
        tokens = kept_tokens(state).read().tokens
    now = time.time()
    rows = [
        (
            each.name,
            each.role,
            _day(each.made),
            "for ever" if each.until is None else _day(each.until),
            _over(each.is_over(now)),
        )
        for each in tokens
    ]
    for line in table([("name", "role", "made", "until", ""), *rows]):
        click.echo(line)


@token.command()
@click.argument("name")
@state_option
def remove(state: Path, name: str) -> None:
    """Removes the token of a program, which is let in no more."""
    with as_owner(state), _refusals_said():
        kept = kept_tokens(state)
        kept.write(without_token(kept.read(), name))


@contextmanager
def _refusals_said() -> Iterator[None]:
    """Says why not, and ends the process."""
    try:
        yield
    except TokenError as error:
        click.echo(str(error), err=True)
        raise SystemExit(WRONG_USE) from None


def _over(is_over: bool) -> str:  # noqa: FBT001  # one word of a table
    return "over" if is_over else ""


def _day(seconds: int) -> str:
    return time.strftime("%Y-%m-%d", time.localtime(seconds))
