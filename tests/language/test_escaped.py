"""Finds sentences that escaped from the catalogue."""

import ast
import re

import pytest

from tests.language.source import modules, strings

ROOMS = ("room", "display", "panel", "services", "card", "config", "wiring")
SENTENCE = re.compile(r"^\s*[A-ZА-Я][a-zа-я]+,? [A-Za-zА-Яа-я]")
"""Two words, the first with a capital letter."""
PHRASE = re.compile(r"\b(expected|is not|is no|cannot|must be|already|did you mean|does not|no such)\b")
"""What our mistakes are made of."""
TOLD = frozenset({"tell", "Explain", "NoticeShown", "Notice", "header", "message", "paragraph", "Worded", "Unusable"})
"""Calls that people read the arguments of: they take a `Text`."""

KEYS = frozenset({"key", "beside"})
"""Arguments of these calls that are keys of the file."""

ALLOWED = {
    "appliance/config/words.py": "patterns that recognise msgspec's sentences",
    "appliance/config/edit/literal.py": "an error of whoever calls it",
    "appliance/config/edit/proposal.py": "whoever shows a conflict has a sentence of its own",
    "appliance/services/outputs/tones.py": "an error of a device in the driver's form, for the log",
}


def escaped(tree: ast.Module) -> list[str]:
    words = [str(node.value) for node in strings(tree) if " " in str(node.value)]
    return [each for each in words if SENTENCE.search(each) or PHRASE.search(each)] + _told(tree)


def _told(tree: ast.Module) -> list[str]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node.func) in TOLD]
    named = [keyword.value for call in calls for keyword in call.keywords if keyword.arg not in KEYS]
    arguments = [*(each for call in calls for each in call.args), *named]
    return [
        ast.unparse(each)
        for each in arguments
        if isinstance(each, ast.JoinedStr) or (isinstance(each, ast.Constant) and isinstance(each.value, str))
    ]


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def test_no_sentence_escaped() -> None:
    found = {name: escaped(tree) for name, tree in modules(*(f"appliance/{room}" for room in ROOMS))}
    assert len(found) > 200
    assert {name: said for name, said in found.items() if said and name not in ALLOWED} == {}
    assert [name for name in ALLOWED if not found[name]] == []


def test_the_terminal_package_says_causes() -> None:
    """Its exceptions begin with a small letter and are for programs; descriptions of its commands are reference."""
    reference = ("appliance/terminal/client/", "appliance/terminal/messages/")
    others = {name: tree for name, tree in modules("appliance/terminal") if not name.startswith(reference)}
    told = {name: [node.value for node in strings(tree)] for name, tree in others.items()}
    assert len(told) > 30
    assert {name: said for name, said in told.items() if any(SENTENCE.search(str(each)) for each in said)} == {}


@pytest.mark.parametrize(
    "code",
    [
        'store.tell("Wait")',
        'yield f"pin {pin} is used already"',
        'canvas.line(0, 0, "Press Call to answer", SMALL)',
        "header(canvas, f'{who}?', lit=True)",
        'raise ValueError("expected a number")',
    ],
)
def test_an_escaped_sentence_would_be_found(code: str) -> None:
    assert escaped(ast.parse(code))


@pytest.mark.parametrize(
    "code",
    ['"""Says what is."""', 'log.info("not_read", reason="It cannot be read")', 'Text("mistake.missing")', '"a-b c"'],
)
def test_what_nobody_reads_is_left_alone(code: str) -> None:
    assert not escaped(ast.parse(code))
