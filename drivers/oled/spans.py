"""Which parts of a controller's memory differ between two pictures, and in which pieces to send them. No I/O.

The memory is in pages, bands of eight rows, with a byte for each column. A piece costs its bytes and the commands that
say where it goes, so that pieces grow together where that is cheaper: along a page over a gap that costs less than the
commands of another piece, and over pages where the controller takes a whole rectangle.
"""

from collections.abc import Iterator, Sequence

import msgspec


class Window(msgspec.Struct, frozen=True):
    """A rectangle of a controller's memory; the last column and the last page are part of it."""

    first_column: int
    last_column: int
    first_page: int
    last_page: int

    @property
    def size(self) -> int:
        """How many bytes are in it."""
        return (self.last_column - self.first_column + 1) * (self.last_page - self.first_page + 1)

    def with_(self, other: "Window") -> "Window":
        """Returns the smallest rectangle that has both in it."""
        return Window(
            min(self.first_column, other.first_column),
            max(self.last_column, other.last_column),
            min(self.first_page, other.first_page),
            max(self.last_page, other.last_page),
        )

    def bytes_of(self, pages: Sequence[bytes]) -> bytes:
        """Returns what a picture has there, page by page."""
        columns = slice(self.first_column, self.last_column + 1)
        return b"".join(page[columns] for page in pages[self.first_page : self.last_page + 1])


def spans(before: Sequence[bytes], after: Sequence[bytes], *, overhead: int) -> list[Window]:
    """Returns what differs between two pictures as pieces of one page each.

    `overhead`: bytes that another piece costs beside its own.
    """
    return [
        Window(first, last, page, page)
        for page, (old, new) in enumerate(zip(before, after, strict=True))
        if old != new
        for first, last in _runs(old, new, overhead)
    ]


def windows(before: Sequence[bytes], after: Sequence[bytes], *, overhead: int) -> list[Window]:
    """Returns the same, with pieces of neighbouring pages as one rectangle where that costs less."""
    found: list[Window] = []
    for span in spans(before, after, overhead=overhead):
        above = next((window for window in found if _grows(window, span, overhead)), None)
        if above is None:
            found.append(span)
        else:
            found[found.index(above)] = above.with_(span)
    return found


def _grows(window: Window, span: Window, overhead: int) -> bool:
    """Returns whether a piece of the next page is cheaper as a part of the window."""
    touches = window.last_page + 1 == span.first_page
    return touches and window.with_(span).size <= window.size + span.size + overhead


def _runs(old: bytes, new: bytes, overhead: int) -> Iterator[tuple[int, int]]:
    """Yields first and last column of each run of columns that differ; gaps up to `overhead` are part of a run."""
    differ = [column for column, (one, other) in enumerate(zip(old, new, strict=True)) if one != other]
    first = last = differ[0]
    for column in differ[1:]:
        if column - last - 1 > overhead:
            yield first, last
            first = column
        last = column
    yield first, last
