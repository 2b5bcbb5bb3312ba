"""The command `offhook recover`: says on display and console why the appliance does not start, and where it is reached.

systemd runs it when `offhook run` has failed for good or too often (offhook-recover.service). Nothing here may depend
on what could be the reason: a configuration that cannot be read, a display that is not there, no network.
"""

import socket
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import click
import msgspec
import structlog
import trio
from PIL import Image

from appliance.cli.options import config_option
from appliance.config.bounded import loads
from appliance.config.content import Undecodable, decoded, read_content
from appliance.config.load import ConfigError, load
from appliance.config.schema import Config, Display
from appliance.display.draw import printed
from appliance.display.geometry import USUAL, Geometry
from appliance.display.pages.parts import message
from appliance.display.palette import Tone
from appliance.display.watch import Watch
from appliance.language.catalogue import ENGLISH, Language
from appliance.language.codes import Code
from appliance.language.languages import language
from appliance.language.text import Text, verbatim
from appliance.provision.waiting import Waiting, lines, waiting
from appliance.runtime import logs
from appliance.services.box.surroundings import card_mistakes, own_address
from appliance.services.network.facts import asked, facts
from appliance.services.network.judgement import judged
from drivers.errors import DeviceError
from drivers.oled.config import OledConfig
from drivers.oled.oled import Oled, open_oled

log = structlog.get_logger()

Open = Callable[[OledConfig], AbstractAsyncContextManager[Oled]]

ANYWHERE = "192.0.2.1"  # a network that is nobody's (RFC 5737): the way there is the way out


class Trouble(msgspec.Struct, frozen=True):
    """What to say: `short` fits the display, `long` is for the console, `address` is empty where there is none.

    `network`: why there is none. `title`: of the display's page; `head`: what the console says first.
    """

    short: Text
    long: str
    address: str
    network: str = "no network"
    title: Text = Text("display.not_running")
    head: str = "The room controller does not start."


@click.command()
@config_option
def recover(path: Path) -> None:
    """Says why the appliance does not start, and where this box is reached, on its display and here."""
    logs.configure("warning")
    config, short, long = _looked_at(path)
    address = trio.run(_address, config)
    trouble = Trouble(short, long, address, "" if address else _why_none(config))
    if config is None and not card_mistakes() and (who := waiting()):
        trouble = waits(trouble, who)
    click.echo(words(trouble))
    display = config.display if config else configured_display(path)
    if display is not None:
        shift = int(time.monotonic() / 60) % 5 - 2
        panel = Geometry(display.width, display.height, display.mode)
        trio.run(show, display, picture(trouble, shift, configured_language(path), panel))


def waits(trouble: Trouble, who: Waiting) -> Trouble:
    """The same of a box to which nobody has given a room yet, so that somebody can: who it is."""
    long = "\n".join(("What the inventory needs to know, as in fleet-identity.txt on the card:", *lines(who)))
    return msgspec.structs.replace(
        trouble,
        short=verbatim(who.machine),
        long=long,
        title=Text("display.waits_for_room"),
        head="This box waits for its room.",
    )


def words(trouble: Trouble) -> str:
    """What the console says."""
    reached = f"This box is {socket.gethostname()}, address {trouble.address or f'none: {trouble.network}'}."
    help_with = "To see more: journalctl -u offhook. It is tried again by itself after a minute."
    return "\n".join((trouble.head, trouble.long, reached, help_with))


def picture(trouble: Trouble, shift: int = 0, spoken: Language = ENGLISH, panel: Geometry = USUAL) -> Image.Image:
    """What the display shows, moved by `shift` (-2 to 2 pixels) so that nothing burns in."""
    foot = trouble.address or Text("display.no_network")
    sheet = message(trouble.title, trouble.short, foot, tone=Tone.ALARM)
    return printed(sheet, Watch(elapsed=0), panel, spoken, (shift, shift))


async def show(display: Display, image: Image.Image, open_display: Open = open_oled) -> None:
    """Leaves the picture on the glass; a display that is not there is logged and costs nothing else."""
    try:
        async with open_display(display) as oled:
            await oled.set_contrast(display.policy.contrast)
            await oled.show(image)
    except DeviceError as error:
        log.warning("no_display", reason=str(error))


def configured_display(path: Path) -> Display | None:
    """The display of a configuration that is wrong elsewhere; the usual one where even that cannot be read."""
    try:
        document = loads(decoded(read_content(path)))
        return msgspec.convert(document["display"], Display) if "display" in document else None
    except (Undecodable, ValueError):  # of the file, of TOML, of msgspec
        return Display()


def configured_language(path: Path) -> Language:
    """The room's language, also where the configuration is wrong elsewhere; English where that cannot be read."""
    try:
        return language(msgspec.convert(loads(decoded(read_content(path)))["room"]["language"], Code))
    except (Undecodable, ValueError, LookupError, TypeError):  # of the file, of TOML, of msgspec; not there; no table
        return ENGLISH


def _looked_at(path: Path) -> tuple[Config | None, Text, str]:
    """The configuration where it can be used, and why the appliance does not start: short, long."""
    try:
        return (
            load(path),
            Text("display.not_running_text"),
            "Its configuration is right: the reason is in the journal.",
        )
    except ConfigError as error:
        first = error.mistakes[0]
        short = Text("display.configuration_wrong", line=first.line)
        if first.key:
            short = Text("display.configuration_wrong_key", line=first.line, key=first.key)
        long = f"Its configuration cannot be used:\n{error}"
        if card := card_mistakes():
            return None, verbatim(card), f"{long}\n{card}; see room.errors.txt on the card."
        return None, short, long


def _why_none(config: Config | None) -> str:
    """Why there is no network, as far as the box can tell."""
    try:
        return str(judged(facts(asked()), config.terminal.host if config else ANYWHERE)) or "no network"
    except OSError:
        return "no network"


async def _address(config: Config | None) -> str:
    towards = await own_address(config.terminal.host) if config else ""
    return towards or await own_address(ANYWHERE)
