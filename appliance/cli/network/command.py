"""The command `offhook network`: how far the box's networks are, from the plug to the terminal."""

from pathlib import Path

import click
import trio

from appliance.cli.network.tried import tried
from appliance.cli.options import DONE, REFUSED, config_option, load_config, table
from appliance.config.toml import one_line
from appliance.services.box.surroundings import own_address
from appliance.services.network.facts import asked, facts
from appliance.services.network.judgement import judged


@click.command()
@config_option
def network(path: Path) -> None:
    """Prints cables, 802.1X, addresses, gateways, name and time servers, and the way to the terminal.

    Sends nothing. Exit code 1 when something of it is wrong.
    """
    host = load_config(path).terminal.host
    known = facts(asked())
    wrong = judged(known, host)
    rows = tried(known, host, trio.run(own_address, host))
    click.echo("\n".join(table([tuple(map(one_line, row)) for row in rows])))
    click.echo(f"\n{one_line(str(wrong)) or 'Nothing wrong that can be seen from here.'}")
    raise SystemExit(REFUSED if wrong else DONE)
