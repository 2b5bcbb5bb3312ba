"""The command `offhook hardware-test`: what is to be tried, in which language, and where the report goes."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import get_args

import click

from appliance.cli.console import Console
from appliance.cli.hardware_test import registry, resume
from appliance.cli.hardware_test.bench import Bench, Jumper, Options
from appliance.cli.hardware_test.run import Run
from appliance.cli.hardware_test.step import Step
from appliance.cli.options import config_option, load_config, table
from appliance.config.schema import Config
from appliance.language.catalogue import ENGLISH, Language
from appliance.language.codes import AUTO, Code
from appliance.language.languages import language
from appliance.runtime import logs
from drivers.gpio.header import gpio_name


class JumperType(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic in newer versions of click only
    """OUT:IN, two pins of the header."""

    name = "OUT:IN"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Jumper:
        """Returns the jumper; fails where the header has no such pins."""
        if isinstance(value, Jumper):
            return value
        out, _, into = str(value).rpartition(":")
        try:
            jumper = Jumper(gpio_name(out), gpio_name(into))
        except ValueError as error:
            self.fail(str(error), param, ctx)
        if jumper.out == jumper.into:
            self.fail(f"{value!r} is one pin; expected two", param, ctx)
        return jumper


@click.command("hardware-test")
@config_option
@click.option("--list", "only_list", is_flag=True, help="Only list the steps.")
@click.option("--only", multiple=True, metavar="STEP,...", help="These steps only; may be given again.")
@click.option("--yes", "unattended", is_flag=True, help="Ask nobody: what needs a person is skipped.")
@click.option("--report", "to", type=click.Path(dir_okay=False, path_type=Path), help="Write FILE.md and FILE.json.")
@click.option("--jumper", "jumpers", multiple=True, type=JumperType(), help="Pins that a wire connects already.")
@click.option("--serial", "lines", multiple=True, metavar="DEVICE", help="A line with TX and RX connected already.")
@click.option("--language", "code", type=click.Choice(get_args(Code)), help="Left out: the room's, else English.")
def hardware_test(
    path: Path,
    *,
    only_list: bool,
    only: Sequence[str],
    unattended: bool,
    to: Path | None,
    jumpers: Sequence[Jumper],
    lines: Sequence[str],
    code: Code | None,
) -> None:
    """Guides through what only a real board can show, measures it, and writes a report.

    Exit code 1 when a step failed. The report names no person, network or serial number. After the watchdog's step,
    which restarts the box, run the command again: it continues.
    """
    logs.configure("error")
    steps = _steps(only)
    config = load_config(path) if path.exists() else None
    if not (only or only_list or (config is not None and config.kiosk is not None)):
        steps = [step for step in steps if not step.kiosk]
    spoken = _language(code, config)
    if only_list:
        click.echo("\n".join(table([(step.name, spoken.say(step.title)) for step in steps])))
        return
    options = Options(not unattended, frozenset(step.name for step in steps) if only else frozenset(), jumpers, lines)
    bench = Bench(Console(), options, config, language=spoken)
    raise SystemExit(Run(bench, steps, to).run(resume.taken()))


def _steps(only: Iterable[str]) -> list[Step]:
    names = [name.strip() for words in only for name in words.split(",") if name.strip()]
    try:
        return registry.chosen(names)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--only") from None


def _language(code: Code | None, config: Config | None) -> Language:
    """Returns the language that was asked for, else the room's; English where that is the terminal's to say."""
    said = code or (config.room.language if config is not None else AUTO)
    return ENGLISH if said == AUTO else language(said)
