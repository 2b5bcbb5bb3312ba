"""Loads a `room.toml`, or says everything that is wrong with it."""

from collections.abc import Sequence
from pathlib import Path

from appliance.config.content import Undecodable, decoded, read_content
from appliance.config.examine import examine
from appliance.config.schema import Config
from appliance.config.toml import Mistake
from appliance.language.catalogue import ENGLISH, Language
from appliance.terminal.config import CREDENTIAL_STORE


class ConfigError(Exception):
    """A configuration that cannot be used: every mistake, one a line, as FILE:LINE: key: message."""

    def __init__(self, path: Path, mistakes: Sequence[Mistake]) -> None:
        self.path = path
        self.mistakes = mistakes
        super().__init__(self.said(ENGLISH))

    def said(self, language: Language) -> str:
        """The mistakes in a language."""
        return "\n".join(f"{self.path}:{mistake.line}: {mistake.said(language)}" for mistake in self.mistakes)


def load(path: Path, store: Path | None = CREDENTIAL_STORE) -> Config:
    """The configuration in a file. Raises `ConfigError` with every mistake in it.

    `store`: of credentials; None: not on the box, whose files nobody can look at.
    """
    try:
        return _parsed(read_content(path), path, store)
    except Undecodable as error:
        raise ConfigError(path, [error.mistake]) from None


def parse(text: str, path: Path, store: Path | None = CREDENTIAL_STORE) -> Config:
    """The configuration in `text`; `path` is for the error. Raises `ConfigError`."""
    return _parsed(text.encode("utf-8", "surrogatepass"), path, store)


def _parsed(content: bytes, path: Path, store: Path | None) -> Config:
    try:
        config, mistakes = examine(decoded(content), store)
    except Undecodable as error:
        config, mistakes = None, [error.mistake]
    if config is not None and not mistakes:
        return config
    from appliance.config.reading import read_parts  # noqa: PLC0415  # only for files with mistakes: start is quick

    raise ConfigError(path, read_parts(content, store).own or mistakes)
