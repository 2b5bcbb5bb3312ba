"""The address book of the room: immutable, and yet quick to change, since it shares what stays the same.

There may be 20,000 people in it, and a status of one of them comes often. The people stand in parts of `PART`; another
version of the book has a new part where somebody changed, and the same objects everywhere else. Where somebody stands
is looked up in an index, which is made when it is first asked for and shared by all versions that have the same people
in the same places. An id is found in any spelling that `whose` takes for the same peer.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import ClassVar, Final, overload

from appliance.room.people.peer_ids import whose
from appliance.terminal.messages.people import Contact

PART: Final = 256
"""People in a part: copying one is about as quick as copying the list of all parts of a book of 50,000."""

Parts = tuple[tuple[Contact, ...], ...]


class _Index:
    """Where each person stands, by `whose`."""

    def __init__(self, people: Iterable[Contact], before: "_Index | None" = None) -> None:
        """Finds these people, who stand behind all those that `before` finds."""
        self._first: dict[str, int] = {}
        self._again: dict[str, list[int]] = {}  # further places of whoever the book names more than once
        self._size = before.copy_to(self._first, self._again) if before else 0
        self._add(people)

    def copy_to(self, first: dict[str, int], again: dict[str, list[int]]) -> int:
        """Copies what it knows, which is all about the number of people that is returned."""
        first.update(self._first)
        again.update((key, list(places)) for key, places in self._again.items())
        return self._size

    def places(self, peer_id: str) -> Sequence[int]:
        """Returns where somebody stands: at one place or at none, unless the book names them more than once."""
        key = whose(peer_id)
        place = self._first.get(key)
        return () if place is None else (place, *self._again.get(key, ()))

    def _add(self, people: Iterable[Contact]) -> None:
        ids = [contact.peer_id for contact in people]
        # most ids name no instance, and a call of our own for each of 20,000 takes longer than all the rest
        plain = "/" not in "".join(ids)
        keys = list(map(str.casefold, ids)) if plain else [whose(peer_id) for peer_id in ids]
        before, self._size = self._size, self._size + len(keys)
        found = dict(zip(keys, range(before, self._size), strict=True))
        if len(found) == len(keys) and self._first.keys().isdisjoint(found.keys()):
            self._first = self._first | found if self._first else found
        else:
            self._add_one_by_one(keys, before)

    def _add_one_by_one(self, keys: Sequence[str], before: int) -> None:
        """Adds people of whom some stand at several places."""
        for place, key in enumerate(keys, before):
            if self._first.setdefault(key, place) != place:
                self._again.setdefault(key, []).append(place)


class Book(Sequence[Contact]):
    """The people of an address book, in its sequence."""

    __slots__ = ("_index", "_parts", "_size")
    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # it would go through all people, and nobody needs it

    def __init__(
        self, people: Iterable[Contact] = (), *, parts: Parts | None = None, index: _Index | None = None
    ) -> None:
        """`parts` are those of another version, `index` is one that is right for these people."""
        self._parts = _parts(tuple(people)) if parts is None else parts
        self._size = (len(self._parts) - 1) * PART + len(self._parts[-1]) if self._parts else 0
        self._index = index

    @property
    def parts(self) -> Parts:
        """The people as they are kept: another version has the same parts wherever nobody has changed."""
        return self._parts

    def find(self, peer_id: str) -> Contact | None:
        """Returns who has an id; None where nobody does. Somebody whose id is spelled just like it goes first."""
        found = [self[place] for place in self.places(peer_id)]
        return next((contact for contact in found if contact.peer_id == peer_id), found[0] if found else None)

    def places(self, peer_id: str) -> Sequence[int]:
        """Returns where somebody stands."""
        if self._index is None:
            self._index = _Index(chain.from_iterable(self._parts))
        return self._index.places(peer_id)

    def changed(self, people: Mapping[int, Contact]) -> "Book":
        """Returns the book with other entries, at these places, for the same people."""
        parts = list(self._parts)
        for place, contact in people.items():
            number, within = divmod(place, PART)
            part = parts[number]
            parts[number] = (*part[:within], contact, *part[within + 1 :])
        return Book(parts=tuple(parts), index=self._index) if people else self

    def extended(self, people: Collection[Contact]) -> "Book":
        """Returns the book with these people at its end."""
        index = None if self._index is None else _Index(people, self._index)
        return Book((*self, *people), index=index) if people else self

    def without(self, places: Collection[int]) -> "Book":
        """Returns the book without the people at these places."""
        return Book(contact for place, contact in enumerate(self) if place not in places) if places else self

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Contact]:
        for part in self._parts:
            yield from part

    @overload
    def __getitem__(self, place: int) -> Contact: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Contact, ...]: ...
    def __getitem__(self, place: int | slice) -> Contact | tuple[Contact, ...]:
        if isinstance(place, slice):
            return tuple(self)[place]
        number, within = divmod(range(self._size)[place], PART)
        return self._parts[number][within]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Book):
            return self._parts == other._parts
        return tuple(self) == other if isinstance(other, tuple) else NotImplemented

    def __repr__(self) -> str:
        return f"Book{tuple(self)!r}"


def _parts(people: tuple[Contact, ...]) -> Parts:
    return tuple(people[start : start + PART] for start in range(0, len(people), PART))
