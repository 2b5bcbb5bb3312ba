"""What a line that is not TOML was probably meant to be: each habit of other formats, with the line as it should be.

A correction is proposed only where it is TOML. One that could have a secret in it is described and not shown: the
report is on the card, on a screen and in the journal.
"""

import re
from collections.abc import Callable, Iterator

from appliance.config.bounded import NotToml, loads
from appliance.language.text import Text

_QUOTES = str.maketrans("“”„«»‟″‘’‚‛′", '"""""""' + "'" * 5)
_PAIR = re.compile(r"(?P<key>\s*[\w.\"'-]+\s*)(?P<sign>:=|=>|[:=])(?P<value>.*)", re.DOTALL)
_SECRET = re.compile(r"\b(pin|password|token)\b")
_BOOLEANS = {"true": "true", "yes": "true", "on": "true", "false": "false", "no": "false", "off": "false"}
_NUMBER = re.compile(r"[+-]?\d+(,\d+)?")
_LONGEST = 200  # characters of a line that is corrected

Fix = Callable[[str, str], Iterator[str]]
"""From a key with its sign and a value to what may have been meant, if it is this habit."""


def advice(statement: str, table: tuple[str, ...]) -> Text | None:
    """What to write instead of a statement in this table; None where nobody knows."""
    line = statement.rstrip("\r\n").strip()
    if "\n" in line or len(line) > _LONGEST:
        return None
    for key, corrected in _corrections(line):
        if corrected != line and _is_toml(corrected):
            return _told(key, corrected, table)
    return None


def key_in(statement: str) -> str:
    """The key that a statement is probably about; nothing where nobody knows."""
    found = re.match(r"\s*([\w-]+)\s*(:=|=>|[:=])", statement)
    return found[1] if found else ""


def _told(key: str, corrected: str, table: tuple[str, ...]) -> Text:
    if _SECRET.search(corrected) and table[:1] not in (("buttons",), ("lamps",)):
        return Text("mistake.fix_secret")
    return Text(key, line=corrected)


def _corrections(line: str) -> Iterator[tuple[str, str]]:
    yield "mistake.fix_quotes", line.translate(_QUOTES)
    yield "mistake.fix_comment", re.sub(r"^(//|;|--)\s?", "# ", line)
    yield "mistake.fix_comment", re.sub(r"\s(//|;|--)\s.*$", lambda found: " # " + found[0].strip(" /;-"), line)
    yield "mistake.fix_rest", line.rstrip(",;")
    if name := re.fullmatch(r"\[([\w-]+)\.([^\[\]\"']+)\]", line):
        yield "mistake.fix_name", f'[{name[1]}."{name[2].strip()}"]'
    if name := re.fullmatch(r"([\w-]+):", line):
        yield "mistake.fix_header", f"[{name[1]}]"
    if line.startswith("["):
        yield from (("mistake.fix_end", line.rstrip("]") + end) for end in ("]", "]]"))
        return
    yield "mistake.fix_end", line + "]"
    if pair := _PAIR.fullmatch(line):
        yield from _of_a_pair(pair["key"].strip(), pair["sign"], pair["value"].strip())


def _of_a_pair(key: str, sign: str, value: str) -> Iterator[tuple[str, str]]:
    value, comment = (value, "") if value[:1] in ('"', "'") else _cut(value)
    bare = value.rstrip(",;").strip()
    if sign != "=":
        yield from (("mistake.fix_equals", f"{key} = {each}{comment}") for each in (value, bare, _quoted(bare)))
        return
    if bare.lower() in _BOOLEANS:
        yield "mistake.fix_boolean", f"{key} = {_BOOLEANS[bare.lower()]}{comment}"
    if _NUMBER.fullmatch(bare):
        yield "mistake.fix_number", f"{key} = {_number(bare)}{comment}"
    yield (
        "mistake.fix_backslash",
        f"{key} = '{value.strip(chr(34))}'" if value.startswith('"') and "\\" in value else key,
    )
    if value[:1] in ('"', "'"):
        yield "mistake.fix_end", f"{key} = {value}{value[0]}"
        return
    if bare and not set(bare) & set("\"'[]{}"):
        yield "mistake.fix_text", f"{key} = {_quoted(bare)}{comment}"


def _cut(value: str) -> tuple[str, str]:
    """A value without quotes, and the comment after it."""
    value, number_sign, comment = value.partition(" #")
    return value.strip(), f"  #{comment}" if number_sign else ""


def _quoted(text: str) -> str:
    return f'"{text}"'


def _number(text: str) -> str:
    whole, comma, decimals = text.partition(",")
    whole = re.sub(r"(?<![\d])0+(?=\d)", "", whole)
    return f"{whole}.{decimals}" if comma else whole


def _is_toml(line: str) -> bool:
    try:
        return bool(loads(line)) or line.startswith("#")
    except NotToml:
        return False
