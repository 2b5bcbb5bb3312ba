"""How Sphinx makes pages of the Python API; `make site` calls it with the sources that scripts/site.py writes."""

import importlib.metadata
import re
from collections.abc import Iterator

from sphinx.application import Sphinx

project = "offhook"
author = "the offhook contributors"
release = importlib.metadata.version("offhook")

extensions = ["sphinx.ext.autodoc"]
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 100
add_module_names = False
toc_object_entries_show_parents = "hide"

# A name that leads nowhere is a warning, and `make site` makes every warning an error.
nitpicky = True
nitpick_ignore_regex = [
    (r"py:.*", r"(?!(appliance|drivers)\.).*"),  # not ours: no network is asked where Python's or trio's are described
    (r"py:.*", r".*\.([A-Z]|_\w+)"),  # type variables and private names, which have no entry
    (r"py:.*", r"appliance\.terminal\.client\.catalogue\..*"),  # left out: a table for the generators
    (r"py:.*", r"appliance\.runtime\..*"),  # inside of the appliance: programs only pass it on
]
suppress_warnings = ["ref.python"]  # fields called `type` stand next to Python's own `type`

html_theme = "alabaster"
html_theme_options = {"fixed_sidebar": True, "page_width": "1100px", "sidebar_width": "260px"}
html_title = f"offhook {release}: Python API"
html_show_sphinx = False
html_show_copyright = False


def _as_restructured_text(
    _app: Sphinx, _what: str, _name: str, _object: object, _options: object, lines: list[str]
) -> None:
    """Reads docstrings as they are written: `name` for code, fields a line each, lists without blank lines."""
    lines[:] = [CODE.sub(_literal, line) for line in _with_blank_lines([_listed(line) for line in lines])]


CODE = re.compile(r"(?<!`)`([^`]+)`(?!`)(?=(\w?))")


def _listed(line: str) -> str:
    field = re.fullmatch(r"(`?)(\w+)\1: (.+)", line)
    return f"- `{field[2]}`: {field[3]}" if field and field[2].islower() else line


def _with_blank_lines(lines: list[str]) -> Iterator[str]:
    """Yields the lines with a blank one before and after each list."""
    in_list = False
    for line in lines:
        begins = re.match(r"(-|\d+\.) ", line) is not None
        goes_on = begins or line.startswith(" ") or not line
        if (begins and not in_list) or (in_list and not goes_on):
            yield ""
        in_list = begins or (in_list and goes_on)
        yield line


def _literal(found: re.Match[str]) -> str:
    return f"``{found[1]}``" + ("\\ " if found[2] else "")  # a letter right after it would hide its end


def setup(app: Sphinx) -> None:
    """Registers what this file adds to Sphinx."""
    app.connect("autodoc-process-docstring", _as_restructured_text)
