"""For all tests: nothing is judged by how long a busy machine takes for it, and every key has a sentence."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.register_profile("quick", deadline=None, max_examples=20)  # for `make check`; `make test` tries more
settings.load_profile("unhurried")


def _fail(key: str) -> None:
    raise KeyError(f"no sentence {key} in appliance/language/offhook.pot")


@pytest.fixture(scope="session", autouse=True)
def unknown_keys_are_errors() -> Iterator[None]:
    """A room shows the key where the catalogue lacks it; here that is a mistake."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("appliance.language.text.unknown", _fail)
        yield
