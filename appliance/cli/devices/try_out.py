"""The commands `offhook devices record` and `probe`: a speakerphone in the hands of a person."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NoReturn, TextIO, TypeVar

import click
import trio

from appliance.cli.console import Console
from appliance.cli.options import REFUSED, ROOM
from appliance.config.profiles import profiles_beside
from appliance.runtime.error_groups import first
from drivers.claims import Claims
from drivers.errors import DeviceError
from drivers.speakerphone.config import SpeakerphoneConfig
from drivers.speakerphone.device import Found, locate, open_device
from drivers.speakerphone.prober import lamps_of
from drivers.speakerphone.prober import probe as look_at_lamps
from drivers.speakerphone.profiles import Profile
from drivers.speakerphone.recorder import Person, Recorder
from drivers.speakerphone.recording import Header, as_line, in_hex
from drivers.speakerphone.speakerphone import OpenSpeakerphone
from drivers.speakerphone.steps import STEPS

T = TypeVar("T")

device_argument = click.argument("device", default="auto")


@click.command()
@device_argument
@click.option("--to", "path", required=True, type=click.Path(dir_okay=False, path_type=Path), help="A new file.")
def record(device: str, path: Path) -> None:
    """Records what a speakerphone says and shows while you press its keys, step by step.

    DEVICE is what `device` would be in the configuration. Stop the service first.
    """
    found = _found(device)
    try:
        file = path.open("x", encoding="utf-8", buffering=1)
    except OSError as error:
        raise click.BadParameter(f"{path}: {error.strerror}") from None
    with file:
        header, config = header_of(found, "recorded"), SpeakerphoneConfig(device=found.path)
        run(partial(record_all, header, config, file, Console(), profiles=_profiles()))
    click.echo(f"{path} is written.")


@click.command()
@device_argument
def probe(device: str) -> None:
    """Lights each lamp of a speakerphone in turn and asks whether it lit.

    DEVICE is what `device` would be in the configuration. Stop the service first.
    """
    found = _found(device)
    lamps = lamps_of(found.descriptor)
    if not lamps:
        click.echo(f"{found.name} has no lamps.")
        return
    config = SpeakerphoneConfig(device=found.path)
    for name, seen in run(partial(look_at_lamps, config, open_device, lamps, Console(), _profiles())).items():
        click.echo(f"{name.replace('_', ' ').ljust(10)}  {seen}")


def header_of(found: Found, origin: str) -> Header:
    """The first line of a recording."""
    source = in_hex(found.descriptor.source)
    return Header(name=found.name, product=found.product, origin=origin, descriptor=source)


async def record_all(
    header: Header,
    config: SpeakerphoneConfig,
    file: TextIO,
    person: Person,
    opener: OpenSpeakerphone = open_device,
    profiles: Sequence[Profile] = (),
) -> None:
    """Every step with one device. What was recorded so far is in the file, whatever ends it."""
    file.write(as_line(header))
    recorder = Recorder(config, opener, person, lambda line: file.write(as_line(line)), profiles)
    async with recorder.opened():
        for number, step in enumerate(STEPS, 1):
            person.say(f"[{number}/{len(STEPS)}]")
            person.say(f"  {await recorder.run(step)}")


def run(main: Callable[[], Awaitable[T]]) -> T:
    """Runs it in a loop of its own; a device that refuses or goes away ends the process with one line."""
    try:
        return trio.run(main)
    except* DeviceError as group:
        refuse(group)


def _profiles() -> Sequence[Profile]:
    """Returns the profiles of this machine's room; says what is wrong with the others."""
    profiles = profiles_beside(ROOM)
    for mistake in profiles.mistakes:
        click.echo(mistake, err=True)
    return profiles.usable


def _found(device: str) -> Found:
    try:
        return locate(SpeakerphoneConfig(device=device), Claims().claim())
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
    except DeviceError as error:
        refuse(error)


def refuse(error: BaseException) -> NoReturn:
    """Ends the command with what is in the way."""
    click.echo(str(first(error)), err=True)
    raise SystemExit(REFUSED)
