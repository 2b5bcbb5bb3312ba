"""The reference part of docs/simulator.md, from the table of commands. Run as a module it rewrites the page."""

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

from appliance.simulator import errors
from appliance.simulator.commands import COMMANDS
from appliance.simulator.control_verbs import VERBS
from appliance.simulator.fault_bodies import FaultsBody
from appliance.simulator.table import ANY, Rule

BEGIN, END = "<!-- generated: python -m appliance.simulator.reference docs/simulator.md -->", "<!-- end -->"


def reference() -> str:
    """Commands with parameters, account, states and events; errors; verbs of peers; faults."""
    return "\n".join([BEGIN, "", *_commands(), "", *_errors(), "", *_verbs(), "", *_faults(), "", END])


def with_reference(page: str) -> str:
    """The page with the reference as it is now; raises `ValueError` where it has no place for it."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"no place for the reference; expected {BEGIN} and {END}")
    return before + reference() + after


def _commands() -> Iterator[str]:
    yield "## Commands"
    yield ""
    yield "Parameters in brackets may be missing. States are values of `appState`; none: any. \\* administrator only."
    yield ""
    yield "| Command | Parameters | States | Events |"
    yield "|---|---|---|---|"
    for name, rule in sorted(COMMANDS.items(), key=lambda item: item[0].lower()):
        star = " \\*" if rule.admin else ""
        cells = (f"`{name}`{star}", _parameters(rule), _states(rule), _listed(rule.events))
        yield f"| {' | '.join(cells)} |"


def _parameters(rule: Rule) -> str:
    needed = [f"`{name}` {kind.name}" for name, kind in rule.needs.items()]
    return "; ".join([*needed, *(f"[`{name}` {kind.name}]" for name, kind in rule.takes.items())])


def _states(rule: Rule) -> str:
    return "" if rule.states == ANY else ", ".join(str(int(state)) for state in sorted(rule.states))


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _errors() -> Iterator[str]:
    yield "## Refusals"
    yield ""
    yield "`error` of a reply with `result` false; the texts are stable. Some go on with a colon and what it is about."
    yield ""
    for name, text in inspect.getmembers(errors):
        if name.isupper():
            yield f"- `{text}`"
    yield "- `missing parameter: NAME`"
    yield "- `wrong parameter: NAME must be …`"


def _verbs() -> Iterator[str]:
    yield "## What a peer can do"
    yield ""
    yield "`POST /peers/PEERID/VERB` with these fields, which may be missing where they have a default:"
    yield ""
    for verb, (body, _) in VERBS.items():
        yield f"- `{verb}` {_listed(body.__struct_encode_fields__)}".rstrip()


def _faults() -> Iterator[str]:
    yield "## Faults"
    yield ""
    yield f"`POST /faults` with at least one of {_listed(FaultsBody.__struct_fields__)}."


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.write_text(with_reference(target.read_text()))
