"""What the command line knows of the interface: help for one method, and what a shell can complete.

The whole interface is imported only when it is asked for: every other use of the command shall start quickly.
"""

import itertools

import click
from click.shell_completion import CompletionItem

WORDS = f"{__name__}.words"
HELP = ("--help", "-h")


class CallCommand(click.Command):
    """`call`: its help explains the method that is named beside it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keeps the words for `get_help`: when that is called, click has not looked at them yet."""
        ctx.meta[WORDS] = list(args)
        return super().parse_args(ctx, args)

    def get_help(self, ctx: click.Context) -> str:
        """The help of the method that stands first, or right after `--help`; else that of the command."""
        from appliance.terminal.client import explain  # noqa: PLC0415  # see the module's docstring

        words = ctx.meta.get(WORDS, [])
        after = [word for flag, word in itertools.pairwise(words) if flag in HELP]
        known = [word for word in (*words[:1], *after) if explain.find(word)]
        return explain.help_text(known[0]) if known else super().get_help(ctx)


def complete_method(_ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Methods that begin with what was typed."""
    from appliance.terminal.client import explain  # noqa: PLC0415  # see the module's docstring
    from appliance.terminal.messages.every import COMMANDS  # noqa: PLC0415  # see the module's docstring

    return [
        CompletionItem(method, help=explain.summary(kind).splitlines()[0])
        for method, kind in sorted(COMMANDS.items())
        if method.lower().startswith(incomplete.lower())
    ]


def complete_parameter(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Parameters of the method, with the sign that their type needs."""
    from appliance.terminal.client import explain  # noqa: PLC0415  # see the module's docstring

    found = explain.find(ctx.params.get("method") or "")
    return [
        CompletionItem(f"{field.wire}{'=' if explain.is_text(field.kind) else ':='}", help=field.about)
        for field in (explain.fields(found[2]) if found else ())
        if field.wire.lower().startswith(incomplete.lower())
    ]


def complete_event(_ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Events that begin with what was typed."""
    from appliance.terminal.client import explain  # noqa: PLC0415  # see the module's docstring
    from appliance.terminal.messages.every import EVENTS  # noqa: PLC0415  # see the module's docstring

    return [
        CompletionItem(name, help=explain.summary(kind).splitlines()[0])
        for name, kind in sorted(EVENTS.items())
        if name.lower().startswith(incomplete.lower())
    ]
