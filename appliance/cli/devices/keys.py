"""The command `offhook devices keys`: what a keypad, pedal or reader sends, and which of its keys shall do what."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Final, TextIO

import click

from appliance.cli.console import Console
from appliance.cli.devices.key_table import Piece, lines_of, rows
from appliance.cli.devices.try_out import device_argument, refuse, run
from appliance.cli.options import table
from drivers.claims import Claims
from drivers.errors import DeviceError
from drivers.keypad.config import KeypadConfig
from drivers.keypad.device import locate, open_device
from drivers.keypad.found import Found
from drivers.keypad.keypad import OpenKeypad
from drivers.keypad.learning.learner import Learned, Learner, Step
from drivers.keypad.learning.raw import RawKey
from drivers.keypad.learning.recording import Header, Line, NodeHeader, as_line, read
from drivers.keypad.learning.replay import replayed
from drivers.speakerphone.recorder import Person
from drivers.speakerphone.recording import RecordingError, in_hex

LARGEST_DESCRIPTOR: Final = 4096  # bytes; HID_MAX_DESCRIPTOR_SIZE of the kernel
STEPS: Final = (
    Step("call", "Press the key that shall call, and answer"),
    Step("hang_up", "Press the key that shall end a call"),
    Step("mute", "Press the key that shall mute the microphone"),
    Step("volume up", "Press the key that shall make it louder"),
    Step("volume down", "Press the key that shall make it quieter"),
    Step("redial", "Press the key that shall redial"),
    Step("backspace", "Press the key that shall take the last digit back"),
    Step("clear", "Press the key that shall clear the number"),
    Step("*", "Press the key that shall be *"),
    Step("#", "Press the key that shall be #"),
)
WARNING: Final = (
    "{name} is held by this command: what is pressed on it reaches no other program, this console included.",
    "Each step goes on by itself. Type nothing secret on it, and read no badge that opens something:",
    "a recording (--to) has every key in it.",
)


@click.command()
@device_argument
@click.option("--name", default="desk", show_default=True, help="Of the table [keypads.NAME].")
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="Also record everything into a new file.")
@click.option(
    "--replay", type=click.Path(dir_okay=False, exists=True, path_type=Path), help="Look at a recording instead."
)
def keys(device: str, name: str, to: Path | None, replay: Path | None) -> None:
    """Guides through the keys of a keypad, pedal or reader and prints what to write into room.toml.

    DEVICE is what `device` would be in the configuration. Stop the service first. Nobody else receives the keys
    meanwhile.
    """
    if replay is not None:
        _look_at(replay, name)
        return
    found = _found(device)
    for line in WARNING:
        click.echo(line.format(name=found.name))
    with ExitStack() as stack:
        file = stack.enter_context(_new(to)) if to is not None else None
        config = KeypadConfig(device=device)
        learned = run(partial(learn, header_of(found, "recorded"), config, Console(), file))
    _tell(found.name, Piece(name, _device(found), learned))


async def learn(
    header: Header,
    config: KeypadConfig,
    person: Person,
    file: TextIO | None = None,
    opener: OpenKeypad = open_device,
    steps: Sequence[Step] = STEPS,
) -> list[Learned]:
    """Returns what was pressed for each step. What was recorded so far is in the file, whatever ends it."""
    write: Callable[[Header | Line], object] = (
        (lambda _: None) if file is None else (lambda it: file.write(as_line(it)))
    )
    write(header)
    learner = Learner(config, opener, person, write)
    learned = []
    async with learner.opened():
        for number, step in enumerate(steps, 1):
            person.say(f"[{number}/{len(steps)}]")
            learned.append(await learner.learn(step))
            for line in table(rows(learned[-1].keys, header)):
                person.say(f"  {line}")
        person.say("Press any other key to see what it sends. (Enter, or no key for a while, ends)")
        await learner.watch(partial(_show, header, person))
    return learned


def header_of(found: Found, origin: str) -> Header:
    """Returns the first line of a recording. Blocks."""
    nodes = [NodeHeader(node.name, sorted(node.keys)) for node in found.nodes]
    descriptors = [in_hex(data) for data in _descriptors(found.folder)]
    return Header(name=found.name, product=found.product, origin=origin, nodes=nodes, descriptors=descriptors)


def _descriptors(folder: Path) -> list[bytes]:
    """Returns the report descriptors of a HID device, or of the HID interfaces of a USB device."""
    paths = [path for pattern in ("", "*/", "*/*/") for path in sorted(folder.glob(f"{pattern}report_descriptor"))]
    try:
        return [path.read_bytes()[:LARGEST_DESCRIPTOR] for path in paths]
    except OSError:  # unplugged, or not for us to read: the keys say more
        return []


def _device(found: Found) -> str:
    """Returns how the configuration names it: where "auto" finds it, so, else by vendor and product."""
    return "auto" if found.is_number_pad else found.product or found.name


def _show(header: Header, person: Person, key: RawKey) -> None:
    for line in table(rows([key], header)):
        person.say(f"  {line}")


def _look_at(path: Path, name: str) -> None:
    try:
        recording = read(path.read_text("utf-8"))
    except (OSError, UnicodeError, RecordingError) as error:
        raise click.BadParameter(f"{path}: {error}", param_hint="--replay") from None
    seen = replayed(recording, STEPS)
    click.echo(f"{recording.header.name} ({recording.header.product or 'no vendor:product'})")
    if seen.keys:
        click.echo("\n".join(table(rows(list(dict.fromkeys(seen.keys)), recording.header))))
    for number in seen.different:
        click.echo(f"line {number}: the driver takes this for something else now", err=True)
    _tell(recording.header.name, Piece(name, recording.header.product or recording.header.name, seen.learned))


def _tell(device: str, piece: Piece) -> None:
    click.echo(f"\nFor room.toml ({device}):\n")
    click.echo("\n".join(lines_of(piece)))


def _new(path: Path) -> TextIO:
    try:
        return path.open("x", encoding="utf-8", buffering=1)
    except OSError as error:
        raise click.BadParameter(f"{path}: {error.strerror}", param_hint="--to") from None


def _found(device: str) -> Found:
    try:
        return locate(KeypadConfig(device=device), Claims().claim())
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
    except DeviceError as error:
        refuse(error)
