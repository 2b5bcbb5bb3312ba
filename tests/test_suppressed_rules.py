"""Every suppressed lint rule names its code and says why, in the one form that CONTRIBUTING.md states."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("appliance", "drivers", "docs", "image", "scripts", "systemd", "tests")
MARK = "# " + "noqa"
FORM = re.compile(MARK + r": [A-Z]+\d+(, [A-Z]+\d+)*  # (?!same\b)\S.*")


def misfits(text: str) -> list[str]:
    """The lines of a module that suppress a rule in another form."""
    marked = (line for line in text.splitlines() if MARK in line)
    return [line.strip() for line in marked if not FORM.fullmatch(line[line.index(MARK) :])]


def test_suppressed_rules_say_why() -> None:
    files = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    assert len(files) > len(FOLDERS)
    found = {str(path.relative_to(ROOT)): misfits(path.read_text()) for path in files}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize("comment", ["", ": ANN401", ": ANN401 # any", ": ANN401 - any JSON", ": ANN401  # same"])
def test_other_forms_are_noticed(comment: str) -> None:
    assert misfits(f"def _any(given): ...  {MARK}{comment}") == [f"def _any(given): ...  {MARK}{comment}"]


def test_the_one_form_is_accepted() -> None:
    assert misfits(f"def _any(given: Any, on: bool): ...  {MARK}: ANN401, FBT001  # any JSON") == []
