"""Kinds of values as people know them, and what the schema says of them in the same words."""

import re
from collections.abc import Mapping

from appliance.language.text import Text

_KINDS: Mapping[str, Text] = {
    "int": Text("type.whole_number"),
    "float": Text("type.number"),
    "str": Text("type.text"),
    "bool": Text("type.boolean"),
    **dict.fromkeys(("array", "list", "tuple"), Text("type.list")),
    **dict.fromkeys(("object", "table", "dict"), Text("type.table")),
    **dict.fromkeys(("datetime", "date", "time"), Text("type.date")),
}
_LIMIT = re.compile(r"`(\w+)` (>=|<=|of length >=|of length <=) (-?[\d.]+)")


def kind_of(value: object) -> Text:
    """What kind of value this is."""
    return _kind(type(value).__name__)


def kinds_of(words: str) -> Text:
    """The kinds that msgspec names, such as "`int | str`"."""
    first, *others = [_kind(word) for word in words.strip("`").split(" | ") if word != "null"] or [Text()]
    for other in others:
        first = Text("type.either", first=first, other=other)
    return first


def limit_of(words: str) -> Text:
    """What msgspec expects of a value: a kind within limits, such as "`int` >= 1"."""
    found = _LIMIT.fullmatch(words)
    if found is None:
        return Text("mistake.range", expected=words)
    kind, limit, number = _kind(found[1]), found[2], found[3].removesuffix(".0")
    return {
        ">=": Text("mistake.at_least", kind=kind, least=number),
        "<=": Text("mistake.at_most", kind=kind, most=number),
        "of length >=": Text("mistake.empty"),
        "of length <=": Text("mistake.too_long", most=number),
    }[limit]


def _kind(word: str) -> Text:
    return _KINDS.get(word, Text("verbatim", words=word))
