"""The maintainer and the card of the tests of updates."""

from tests.card.update.conftest import card, maintainer, stranger

__all__ = ["card", "maintainer", "stranger"]
