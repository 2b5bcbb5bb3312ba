"""The command `offhook demo`: a whole room on one page."""

import gc
from typing import get_args

import click
import trio

from appliance.language.codes import Code
from appliance.panel.config import PanelConfig
from appliance.run.demo.demo import run_demo
from appliance.runtime import logs
from appliance.runtime.error_groups import plain
from appliance.runtime.web.listen import ListenError
from drivers.oled.fake import choice


@click.command()
@click.option("--listen", default="127.0.0.1:8080", show_default=True, metavar="HOST:PORT", help="Where the page is.")
@click.option("--language", default="en", show_default=True, type=click.Choice(get_args(Code)), help="Of the room.")
@click.option(
    "--display", "panel", metavar="NAME", help="Which: a controller, a size or both, such as ssd1322 or 128x32."
)
def demo(listen: str, language: Code, panel: str | None) -> None:
    """Shows a whole room on one page: front panel and far side."""
    try:
        PanelConfig(listen=listen)
        panel = None if panel is None else choice(panel)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    logs.configure("info", shown="warning")
    gc.freeze()  # what is imported stays: else the end looks through all of it several times, which takes a second
    try:
        trio.run(run_demo, listen, _say_where, language, panel)
    except* ListenError as errors:
        raise click.UsageError(plain(errors)) from None


def _say_where(url: str) -> None:
    click.echo(f"The room is at {url} (Ctrl-C ends it)")
