"""The command `offhook safe`: outputs that a crash left switched on are switched to where they do no harm.

systemd runs it after `offhook run` has failed (ExecStopPost= of offhook.service), before it is started again.
"""

from pathlib import Path

import click

from appliance.cli.options import config_option, load_config


@click.command()
@config_option
def safe(path: Path) -> None:
    """Sets the configured outputs to their safe levels, after the appliance has ended without doing so.

    Lamps need nothing: their pins become inputs when the process that held them has gone.
    """
    load_config(path)  # no kind of output that can be configured today needs more
