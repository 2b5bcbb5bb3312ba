"""The templates that Home Assistant renders: the room's JSON in, its own words out.

`None` is Home Assistant's word for what is not known.
"""

import json
from typing import Final

ASKED_WITHIN: Final = 10  # seconds; clocks of two machines differ

_NOW: Final = "{{ now().timestamp() }}"


def value(path: str) -> str:
    """A value as it is; what is `null` becomes `None`."""
    return f"{{{{ value_json.{path} }}}}"


def on_off(path: str) -> str:
    """Yes, no or not known."""
    return f"{{{{ {{true: 'ON', false: 'OFF'}}.get(value_json.{path}, 'None') }}}}"


def on_off_of(mapping: str, key: str) -> str:
    """The same for an entry of a table."""
    return f"{{{{ {{true: 'ON', false: 'OFF'}}.get(value_json.{mapping}.get({json.dumps(key)}), 'None') }}}}"


def not_ok(path: str) -> str:
    """On where something is *not* so."""
    return f"{{{{ {{true: 'OFF', false: 'ON'}}.get(value_json.{path}, 'None') }}}}"


def of_optional(table: str, field: str) -> str:
    """A field of what may not be there."""
    return f"{{{{ value_json.{table}.{field} if value_json.{table} else 'None' }}}}"


def equals(path: str, word: str, then: str = "online", otherwise: str = "offline") -> str:
    """One of two words."""
    return f"{{{{ '{then}' if value_json.{path} == '{word}' else '{otherwise}' }}}}"


def gesture() -> str:
    """Which button, and what was done to it."""
    return "{{ value_json.detail ~ ' ' ~ value_json.event_type }}"


def action(do: str = "{{ value }}") -> str:
    """An action with an id of its own and its time; `do`: in the words of buttons, a template itself."""
    return f'{{"id": "ha-{_NOW}", "do": "{do}", "within": {ASKED_WITHIN}, "at": {_NOW}, "by": "Home Assistant"}}'
