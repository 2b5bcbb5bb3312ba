"""Characters that only those may see whom they are for: the terminal, and for a moment whoever types them."""


class Secret:
    """A password or a part of one. Neither `repr` nor `str` shows it, and no encoder takes it by itself: ask `text`.

    False while there is nothing in it; `len` is how many characters it has.
    """

    __slots__ = ("text",)

    def __init__(self, text: str = "", /) -> None:
        self.text = text

    def __len__(self) -> int:
        return len(self.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Secret({len(self)} characters)"


NO_SECRET = Secret()
"""Nothing."""
