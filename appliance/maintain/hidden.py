"""What must not leave the box: secrets in a configuration, and the same wherever else they stand.

Nothing decides what is a secret from what it looks like alone. A value is one if its key says so (`password`, `secret`,
`pin` where it is text, and so on), and so is what stands in a file that a key ending in `_file` or `key` names, or that
systemd handed to the service as a credential. `hidden` returns the configuration without them, and all of them; then
`Scrubber` takes them out of every other text line by line, and besides what has the form of a private key, of a bearer
token, or of a password in an address.
"""

import json
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from appliance.room.actions.readable import readable

GONE: Final = "(removed)"
SHORTEST: Final = 3  # characters of a secret that is looked for in texts
PLAIN: Final = 8  # characters from which on it is also found inside of a word

_SECRET: Final = ("password", "passphrase", "secret", "token", "psk", "private", "lock_pin")
_ALSO: Final = frozenset({"ics", "url"})
"""Keys whose text often is a secret: an address of a calendar or a webhook can be read by whoever knows it."""
_ACCOUNTS: Final = frozenset({"terminal", "clients"})
"""Tables in which `pin` is a secret, and no pin of the header."""
_CODES: Final = "codes"  # of a reader: who knows one is whoever has the badge
_NO_TEXT: Final = frozenset({"ring_file"})
_IN_A_LINE: Final = (
    (re.compile(r"([Bb]earer\s+)[\w.~+/=-]{8,}"), rf"\1{GONE}"),
    (re.compile(r"(?<=://)[^\s/@:]*:[^\s/@]+(?=@)"), GONE),
)
_KEY: Final = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)", re.DOTALL)


def hidden(document: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Returns a configuration without its secrets, and the secrets."""
    found: list[str] = []
    return {key: _value((key,), value, found) for key, value in document.items()}, found


def files_of(document: Mapping[str, Any]) -> Iterator[str]:
    """Yields the files that a configuration names for what is secret: paths, or `credential:NAME`."""
    for key, value in document.items():
        if isinstance(value, Mapping):
            yield from files_of(value)
        elif isinstance(value, str) and (key == "key" or key.endswith("_file")) and key not in _NO_TEXT:
            yield value


def secrets_in(content: str) -> list[str]:
    """Returns what of a file is secret: each of its lines, since a key has many and several secrets may stand there."""
    return [line.strip() for line in content.splitlines() if "-----" not in line]


class Scrubber:
    """Takes secrets out of texts, also as JSON or an address has them."""

    def __init__(self, secrets: Iterable[str]) -> None:
        known = {form for each in secrets if len(each) >= SHORTEST for form in _written(each)}
        self._forms = tuple(known)
        words = map(_pattern, sorted(known, key=lambda each: (-len(each), each)))
        self._known = re.compile("|".join(words)) if known else None

    def text(self, text: str) -> str:
        """Returns a text without them. Between lines it lets other threads go on: a long text takes a while."""
        return "".join(map(self._line, _KEY.sub(GONE, text).splitlines(keepends=True)))

    def _line(self, line: str) -> str:
        time.sleep(0)
        for form, instead in _IN_A_LINE:
            line = form.sub(instead, line)
        if self._known is None or not any(form in line for form in self._forms):
            return line  # looking for one text after the other is a hundred times as fast as the pattern of all
        return self._known.sub(GONE, line)


def _pattern(secret: str) -> str:
    escaped = re.escape(secret)
    return escaped if len(secret) >= PLAIN else rf"(?<!\w){escaped}(?!\w)"


def _written(secret: str) -> tuple[str, ...]:
    """Returns the forms that a secret may stand in."""
    return secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1], quote(secret, safe="")


def _value(path: tuple[str, ...], value: Any, found: list[str]) -> Any:  # noqa: ANN401  # whatever a configuration has
    if isinstance(value, Mapping):
        if path[-1] == _CODES:
            found.extend(value)
            return {f"{GONE} {number}": _value(("",), each, found) for number, each in enumerate(value.values(), 1)}
        return {each: _value((*path, each), inner, found) for each, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_value(path, each, found) for each in value]
    if not isinstance(value, str):
        return value
    if _is_secret(path):
        found.append(value)
        return GONE
    return _action(value, found)


def _is_secret(path: tuple[str, ...]) -> bool:
    key = path[-1]
    if key.endswith("_file"):
        return False  # where it is, not what it is
    if key == "pin":
        return bool(_ACCOUNTS & set(path))
    return key in _ALSO or any(word in key for word in _SECRET)


def _action(text: str, found: list[str]) -> str:
    """Returns the words of an action without what may be a password, from the third on; any other text as it is."""
    words = text.split()
    if len(words) < 3 or readable(text) == text:
        return text
    rest = text.split(maxsplit=2)[2]
    found.extend([rest, *words[2:], *re.findall(r':\s*"([^"]*)"', rest)])
    return f"{words[0]} {words[1]} {GONE}"
