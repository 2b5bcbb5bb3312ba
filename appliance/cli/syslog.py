"""The command `offhook syslog`: the journal's way to a syslog server, as a file of rsyslog."""

from pathlib import Path

import click

from appliance.cli.options import WRONG_USE, config_option, load_config


@click.command("syslog")
@config_option
def syslog_command(path: Path) -> None:
    """Prints what rsyslog has to know to send the journal to the server of [log]; a card does this by itself.

    For /etc/rsyslog.d/30-offhook.conf; it takes Debian's packages rsyslog and rsyslog-gnutls. Exit code 2 where the
    configuration names no server.
    """
    from appliance.card.syslog import rules  # noqa: PLC0415  # see the docstring of appliance.cli.main

    text = rules(load_config(path).log)
    if text is None:
        click.echo(f"{path}: log.syslog: there is no server; expected one such as logs.example.com:6514", err=True)
        raise SystemExit(WRONG_USE)
    click.echo(text, nl=False)
