"""What all pages are shown, encoded once for every one of them; each is sent what it has not got yet."""

from collections.abc import Callable
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")


class Feed(Generic[T]):
    """The view of the latest value, field by field. Nothing is kept of what no page has asked for."""

    def __init__(self, look: Callable[[T], msgspec.Struct]) -> None:
        self.revision = 0
        self._look = look
        self._seen: T | None = None
        self._view: msgspec.Struct | None = None
        self._fields: dict[str, tuple[int, bytes]] = {}

    def renew(self, value: T) -> None:
        """Looks at a value; the revision grows where the view of it is another than that before. None is no value."""
        if value is self._seen:
            return
        before, view = self._view, self._look(value)
        self._view, self._seen = view, value
        if before == view:
            return
        self.revision += 1
        for name in view.__struct_fields__:
            field = getattr(view, name)
            if before is None or getattr(before, name) != field:
                self._fields[name] = self.revision, msgspec.json.encode(field)

    def since(self, revision: int) -> bytes:
        """Returns the fields that have changed since a revision, as a JSON object; since 0: all of them."""
        changed = [b'"%s":%s' % (name.encode(), raw) for name, (at, raw) in self._fields.items() if at > revision]
        return b"{%s}" % b",".join(changed)
