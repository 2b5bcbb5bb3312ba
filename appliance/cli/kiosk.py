"""The command `offhook kiosk`: keeps a browser with the room's panel on the screen of this box.

`offhook-kiosk.service`, of the package of that name, runs it.
"""

import os
import tempfile

import click
import trio

from appliance.kiosk.told import LISTEN


@click.command()
@click.option("--box", default=LISTEN, show_default=True, metavar="HOST:PORT", help="Where the box serves its screen.")
def kiosk(box: str) -> None:
    """Shows the room's panel on the screen of this box, as [kiosk] in the configuration says.

    It needs cage, kanshi and Chromium, and is meant to be run by the service offhook-kiosk.
    """
    from appliance.kiosk import process  # noqa: PLC0415  # `offhook --help` need not wait for it
    from appliance.kiosk.browser import command  # noqa: PLC0415  # as above
    from appliance.runtime import logs  # noqa: PLC0415  # as above

    logs.configure("info")
    if "RUNTIME_DIRECTORY" in os.environ:
        trio.run(process.run, box, command)
        return
    with tempfile.TemporaryDirectory(prefix="offhook-kiosk-") as folder:
        trio.run(process.run, box, command, {**os.environ, "RUNTIME_DIRECTORY": folder})
