"""Languages: each says texts. English is built in; any other is a gettext catalogue on top of it."""

import gettext
from pathlib import Path

from appliance.language.text import COUNT, Text, Value, english, filled


class Language:
    """Says texts in one language; what its catalogue lacks, in English. Never raises."""

    def __init__(self, code: str = "en", catalogue: gettext.NullTranslations | None = None) -> None:
        """`catalogue` None is English."""
        self._code = code
        self._catalogue = catalogue

    @property
    def code(self) -> str:
        """Of the language, as in BCP 47."""
        return self._code

    def say(self, text: Text) -> str:
        """The sentence with its values; nothing for `NOTHING`."""
        if self._catalogue is None or not text:
            return str(text)
        return filled(self._sentence(self._catalogue, text), text.params, self.say)

    def json(self, value: object) -> str:
        """A text in a value that msgspec encodes (its `enc_hook`). Raises `NotImplementedError` for anything else."""
        if isinstance(value, Text):
            return self.say(value)
        raise NotImplementedError(f"cannot encode {type(value).__name__}")

    def _sentence(self, catalogue: gettext.NullTranslations, text: Text) -> str:
        sentence = english(text.key)
        if isinstance(sentence, str):
            return catalogue.pgettext(text.key, sentence)
        return catalogue.npgettext(text.key, *sentence, _whole(text.params.get(COUNT, 0)))


ENGLISH = Language()


def read_catalogue(code: str, path: Path) -> Language:
    """A language from its compiled catalogue (`.mo`). Raises `OSError` where it cannot be read."""
    with path.open("rb") as file:
        return Language(code, gettext.GNUTranslations(file))


def _whole(count: Value) -> int:
    return int(count) if isinstance(count, int | float) else 0
