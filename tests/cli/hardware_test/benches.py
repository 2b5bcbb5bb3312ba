"""Benches for tests: a person who answers from a list, a machine made of files, virtual devices."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import trio

from appliance.cli.hardware_test.bench import Bench, Hardware, Options
from appliance.cli.hardware_test.machine import Ask, Machine
from appliance.cli.hardware_test.step import Finding
from appliance.config.load import parse
from appliance.config.schema import Config

ROOM = '[room]\nname = "Neptune"\n[terminal]\nhost = "192.0.2.1"\n'


class Answers:
    """A person who gives these answers, one after the other, and then none."""

    def __init__(self, *answers: str) -> None:
        self._answers = list(answers)
        self.said: list[str] = []

    def say(self, text: str) -> None:
        self.said.append(text)

    async def enter(self) -> str:
        await trio.lowlevel.checkpoint()
        if not self._answers:
            await trio.sleep_forever()
        return self._answers.pop(0)


def room(more: str) -> Config:
    return parse(ROOM + more, Path("room.toml"))


def bench(
    *answers: str,
    config: str = "",
    options: Options = Options(),  # noqa: B008  # frozen
    hardware: Hardware = Hardware(),  # noqa: B008  # frozen
    machine: Machine = Machine(Path("/nowhere")),  # noqa: B008  # frozen
) -> Bench:
    return Bench(Answers(*answers), options, room(config), machine, hardware)


def tree(root: Path, files: Mapping[str, str | bytes]) -> Machine:
    """A machine that has these files, and whose commands say nothing."""
    for name, content in files.items():
        path = root / name.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return Machine(root, commands({}))


def commands(said: Mapping[str, str]) -> Ask:
    def ask(words: Sequence[str]) -> str:
        return next((answer for start, answer in said.items() if " ".join(words).startswith(start)), "")

    return ask


def figures(finding: Finding) -> dict[str, float | str]:
    """The values by name, with their part where they have one."""
    return {" ".join(filter(None, (each.name, each.of))): each.value for each in finding.figures}
