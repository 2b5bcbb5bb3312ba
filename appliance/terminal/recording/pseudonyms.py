"""Replaces words by others, the same by the same, and keeps the shape of what they stand in.

Only what is known to be harmless stays. Every run of letters and digits becomes a word of ours, wherever it appears and
however it is capitalised: `anna@meet.example.com` and `sip:anna@meet.example.com` become `w1@w2.w3.w4` and
`w5:w1@w2.w3.w4`, so that a replay still knows who is who. Runs of digits stay digits. Signs other than those that ids
and addresses are written with become a dot in the middle.
"""

import re

_RUN = re.compile(r"\w+|\W", re.DOTALL)
_SIGNS = frozenset(" @./:#?&=%+-_,;\\*")
_MARKS = frozenset({"vcs", "self", "mixed", "contentsharing", "slideshowords"})
"""What follows a # in an id, and says which kind of thing it is (newer terminals)."""

_CONFERENCE = "\\c\\"  # in front of a conference's id, in `call`
_FIRST_NUMBER = 7_000_000_001
_SECONDS = (10**9, 4 * 10**9)  # Unix time from 2001 to 2096
_MILLISECONDS = (10**12, 4 * 10**12)


class Pseudonyms:
    """The replacements of one recording. `shift` is added to every time (seconds)."""

    def __init__(self, shift: int) -> None:
        self._shift = shift
        self._words: dict[str, str] = {}

    def text(self, text: str) -> str:
        """Returns a text with every word replaced."""
        if text.startswith(_CONFERENCE):
            return _CONFERENCE + self.text(text.removeprefix(_CONFERENCE))
        found = []
        before = ""
        for run in _RUN.findall(text):
            found.append(self._run(run, before))
            before = run
        return "".join(found)

    def secret(self, text: str) -> str:
        """Returns one word in place of a secret, whose shape and signs are part of it."""
        return self._word(text, digits=False)

    def number(self, number: float) -> int:
        """Returns a number in place of one that may say who somebody is."""
        return int(self._word(str(number), digits=True))

    def time(self, number: float) -> float | None:
        """Returns a time shifted; None for a number that is no time of this century, in seconds or milliseconds."""
        if _SECONDS[0] <= number < _SECONDS[1]:
            return number + self._shift
        if _MILLISECONDS[0] <= number < _MILLISECONDS[1]:
            return number + self._shift * 1000
        return None

    def knows(self, word: str) -> bool:
        """Whether a word was replaced before."""
        return word.casefold() in self._words

    def _run(self, run: str, before: str) -> str:
        if not run[0].isalnum() and run[0] != "_":
            return run if run in _SIGNS else "·"
        if before == "#" and run.casefold() in _MARKS:
            return run
        return self._word(run, digits=run.isdecimal())

    def _word(self, word: str, *, digits: bool) -> str:
        count = len(self._words)
        new = str(_FIRST_NUMBER + count) if digits else f"w{count + 1}"
        return self._words.setdefault(word.casefold(), new)
