"""The command `offhook deputy`: what systemd starts as root on behalf of the firmware. For units, not for people."""

import socket
import sys

import click

from appliance.cli.options import WRONG_USE


@click.group(hidden=True)
def deputy() -> None:
    """Does as root what the firmware asks for; started by units only, see docs/service.md."""


@deputy.command()
def answer() -> None:
    """Answers the one request of the connection that is standard input (offhook-deputy.socket)."""
    from appliance.deputy.machine import Systemd  # noqa: PLC0415  # see the docstring of appliance.cli.main
    from appliance.deputy.place import Place  # noqa: PLC0415  # as above
    from appliance.deputy.program import serve_one  # noqa: PLC0415  # as above
    from appliance.runtime import logs  # noqa: PLC0415  # as above

    logs.configure("info")
    try:
        connection = socket.socket(fileno=sys.stdin.fileno())
    except OSError:
        click.echo("standard input is not a socket; expected to be started by offhook-deputy.socket", err=True)
        raise SystemExit(WRONG_USE) from None
    with connection:
        serve_one(connection, Place(Systemd()))


@deputy.command()
def settle() -> None:
    """Writes a configuration that is on trial, or takes it back (offhook-return.service)."""
    from appliance.deputy.machine import Systemd  # noqa: PLC0415  # see the docstring of appliance.cli.main
    from appliance.deputy.place import Place  # noqa: PLC0415  # as above
    from appliance.deputy.settling import settle as settled  # noqa: PLC0415  # as above
    from appliance.runtime import logs  # noqa: PLC0415  # as above

    logs.configure("info")
    settled(Place(Systemd()))
