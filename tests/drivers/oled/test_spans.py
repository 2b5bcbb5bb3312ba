from hypothesis import given
from hypothesis import strategies as st

from drivers.oled.spans import Window, spans, windows

PAGES = 4
COLUMNS = 40
memory = st.lists(st.binary(min_size=COLUMNS, max_size=COLUMNS), min_size=PAGES, max_size=PAGES)
sparse = st.dictionaries(
    st.tuples(st.integers(0, PAGES - 1), st.integers(0, COLUMNS - 1)), st.integers(1, 255), max_size=20
)
DARK = [bytes(COLUMNS)] * PAGES


def lit(cells: dict[tuple[int, int], int]) -> list[bytes]:
    return [bytes(cells.get((page, column), 0) for column in range(COLUMNS)) for page in range(PAGES)]


def put(before: list[bytes], after: list[bytes], pieces: list[Window]) -> list[bytes]:
    """What is in the memory when the pieces have been sent."""
    found = [bytearray(page) for page in before]
    for piece in pieces:
        data = iter(piece.bytes_of(after))
        for page in range(piece.first_page, piece.last_page + 1):
            for column in range(piece.first_column, piece.last_column + 1):
                found[page][column] = next(data)
    return [bytes(page) for page in found]


@given(memory, memory, st.integers(0, 12))
def test_pieces_make_one_picture_of_another(before: list[bytes], after: list[bytes], overhead: int) -> None:
    assert put(before, after, spans(before, after, overhead=overhead)) == after
    assert put(before, after, windows(before, after, overhead=overhead)) == after


@given(sparse, st.integers(0, 12))
def test_rectangles_never_cost_more_than_the_pieces_that_they_are_made_of(
    cells: dict[tuple[int, int], int], overhead: int
) -> None:
    def cost(pieces: list[Window]) -> int:
        return sum(piece.size + overhead for piece in pieces)

    assert cost(windows(DARK, lit(cells), overhead=overhead)) <= cost(spans(DARK, lit(cells), overhead=overhead))


def test_a_gap_that_costs_less_than_another_piece_is_sent_with_it() -> None:
    assert spans(DARK, lit({(0, 3): 1, (0, 9): 1}), overhead=5) == [Window(3, 9, 0, 0)]
    assert spans(DARK, lit({(0, 3): 1, (0, 10): 1}), overhead=5) == [Window(3, 3, 0, 0), Window(10, 10, 0, 0)]


def test_neighbouring_pages_become_a_rectangle_and_others_do_not() -> None:
    block = {(page, column): 1 for page in (1, 2) for column in range(5, 20)}
    assert windows(DARK, lit(block), overhead=10) == [Window(5, 19, 1, 2)]
    apart = {(page, column): 1 for page in (0, 2) for column in range(5, 20)}
    assert windows(DARK, lit(apart), overhead=10) == [Window(5, 19, 0, 0), Window(5, 19, 2, 2)]
    aside = {(0, 0): 1, (1, 39): 1}
    assert windows(DARK, lit(aside), overhead=10) == [Window(0, 0, 0, 0), Window(39, 39, 1, 1)]


def test_equal_pictures_have_no_pieces() -> None:
    assert windows(DARK, DARK, overhead=10) == spans(DARK, DARK, overhead=10) == []
