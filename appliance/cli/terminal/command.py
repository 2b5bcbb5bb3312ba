"""The command `offhook terminal`: a group of commands that talk to a terminal directly."""

import click

from appliance.cli.terminal.call import call
from appliance.cli.terminal.doctor import doctor
from appliance.cli.terminal.record import record
from appliance.cli.terminal.watch import watch
from appliance.runtime import logs


@click.group()
def terminal() -> None:
    """Talks to a terminal directly: one command, its events, a recording, a report."""
    logs.configure("warning")


terminal.add_command(call)
terminal.add_command(doctor)
terminal.add_command(record)
terminal.add_command(watch)
