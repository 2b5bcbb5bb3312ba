"""The command `offhook fleet`: checks and makes the files of all rooms, fetches this box's own, shows all."""

import click

from appliance.cli.fleet.box import enrol_command, identity, pull_command
from appliance.cli.fleet.rooms import check, render_command
from appliance.cli.fleet.status import status
from appliance.runtime import logs


@click.group()
def fleet() -> None:
    """Many rooms out of one inventory, checked together, signed, and fetched by their boxes; how all of them are."""
    logs.configure("info")


fleet.add_command(check)
fleet.add_command(enrol_command)
fleet.add_command(identity)
fleet.add_command(pull_command)
fleet.add_command(render_command)
fleet.add_command(status)
