"""The command `offhook terminal call`: one command, and its reply."""

import re
import sys
from functools import partial
from typing import Any, TextIO

import click
import msgspec

from appliance.cli.options import DONE, REFUSED
from appliance.cli.terminal.connection import connection, connection_options, direct_option, host_option, run
from appliance.cli.terminal.help import CallCommand, complete_method, complete_parameter
from appliance.cli.terminal.lines import print_message
from appliance.terminal.authorise import open_authorised
from appliance.terminal.config import TerminalConfig, read_credentials
from appliance.terminal.messages import Untyped

PARAMETER = re.compile(r"(?P<key>\w+)(?P<kind>:=|=)(?P<value>.*)", re.DOTALL)
OURS = {"method", "requestId"}  # what we put into every request ourselves


@click.command(cls=CallCommand)
@click.argument("method", shell_complete=complete_method)
@click.argument("parameters", nargs=-1, metavar="[KEY=TEXT|KEY:=JSON]...", shell_complete=complete_parameter)
@connection_options
@direct_option
@host_option
def call(method: str, parameters: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401  # see `connection`
    """Sends METHOD and prints the reply as JSON. Exit code 1 if refused, 3 without connection or answer.

    `--help METHOD` explains one method. A method that is not known is sent all the same.
    """
    command = Untyped(method, parse_parameters(parameters))
    run(partial(send, connection(**options), command, sys.stdout))


def parse_parameters(words: tuple[str, ...]) -> dict[str, Any]:
    """`KEY=TEXT` and `KEY:=JSON` as the members of a request; raises `click.UsageError` naming the word."""
    parameters: dict[str, Any] = {}
    for word in words:
        match = PARAMETER.fullmatch(word)
        if match is None or match["key"] in OURS:
            raise click.UsageError(f"{word!r}: expected KEY=TEXT or KEY:=JSON (not method, not requestId)")
        parameters[match["key"]] = match["value"] if match["kind"] == "=" else _json(word, match["value"])
    return parameters


async def send(config: TerminalConfig, command: Untyped, out: TextIO) -> int:
    """Sends one command, prints the whole reply to `out`; an exit code. Raises `TerminalError`."""
    async with open_authorised(config, read_credentials(config), lambda _event, _frame: None) as (session, _):
        frame = await (await session.post(command)).frame()
        print_message(frame.raw, out)
        return DONE if frame.result else REFUSED


def _json(word: str, text: str) -> object:
    try:
        value: object = msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise click.UsageError(f"{word!r}: expected JSON after `:=`: {error}") from None
    return value
