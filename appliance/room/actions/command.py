"""Any command of the terminal's interface, with its parameters as a JSON object, checked when the words are read."""

import difflib

import msgspec

from appliance.language.text import Text, verbatim
from appliance.room.actions.action import Action, ActionError
from appliance.room.actions.readable import LEFT_OUT
from appliance.room.actions.verb import Verb
from appliance.terminal.messages.base import Command

FORM = 'command METHOD [{"NAME": VALUE, …}]'
_OURS = frozenset({"auth"})  # the appliance itself authorises, and nobody else for it


class SendCommand(Action, frozen=True):
    """`command METHOD [JSON]`: sends this command of the terminal's interface."""

    command: Command

    def __repr__(self) -> str:
        """Returns it without its parameters: a password may be among them."""
        return f"SendCommand({self.command.method})"


def _command(text: str, rest: list[str]) -> Action:
    if not rest:
        raise ActionError(Text("mistake.expected_form", action=text, form=FORM))
    kind = _kind(rest[0])
    parts = text.split(maxsplit=2)
    return SendCommand(_filled(kind, parts[2] if len(parts) > 2 else "{}"))


def _kind(method: str) -> type[Command]:
    """Returns the type of a command by its name, without regard to case, as terminals compare them."""
    from appliance.terminal.messages.every import COMMANDS  # noqa: PLC0415  # a second of start-up for few rooms

    known = {name.lower(): kind for name, kind in COMMANDS.items() if name not in _OURS}
    kind = known.get(method.lower())
    if kind is None:
        close = difflib.get_close_matches(method.lower(), known, n=1, cutoff=0.0)
        raise ActionError(Text("mistake.unknown_command", method=method, close=known[close[0]].method))
    return kind


def _filled(kind: type[Command], parameters: str) -> Command:
    """Returns a command with parameters: those that it has and no others, each of its type."""
    names = [field.encode_name for field in msgspec.structs.fields(kind)]
    try:
        given = msgspec.json.decode(parameters, type=dict[str, object])
    except msgspec.DecodeError:
        raise ActionError(Text("mistake.not_json", method=kind.method)) from None
    if unknown := [name for name in given if name not in names]:
        expected = ", ".join(names) or "–"
        raise ActionError(Text("mistake.unknown_parameter", method=kind.method, name=unknown[0], known=expected))
    try:
        return msgspec.convert(given, kind)
    except msgspec.ValidationError as error:
        raise ActionError(Text("mistake.wrong_parameter", method=kind.method, words=verbatim(str(error)))) from None


def _words_of_command(action: SendCommand) -> str:
    """Returns its words; parameters that may be secret are left out, and all with them."""
    command = action.command
    given = msgspec.to_builtins(command)
    if not given:
        return f"command {command.method}"
    parameters = LEFT_OUT if command.secret else msgspec.json.encode(given).decode()
    return f"command {command.method} {parameters}"


VERBS = (Verb("command", (FORM,), _command, {SendCommand: _words_of_command}),)
