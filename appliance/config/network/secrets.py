"""Which secrets `[network]` may have, and under which name the box keeps each."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from appliance.config.document import Contradiction
from appliance.config.words import words_of
from appliance.terminal.config import KEPT, CredentialsError, kept

# where each stands → the credential offhook.NAME that keeps it
SECRETS: dict[tuple[str, ...], str] = {
    ("network", "wifi", "password"): "wifi",
    ("network", "eap", "password"): "eap",
    ("network", "eap", "key_password"): "eap_key_password",
    ("network", "wifi", "eap", "password"): "wifi_eap",
    ("network", "wifi", "eap", "key_password"): "wifi_eap_key_password",
    ("network", "proxy_password"): "proxy",
}
# private keys, which are files on the card: where their path stands → the credential that keeps what is in them
PRIVATE_KEYS: dict[tuple[str, ...], str] = {
    ("network", "eap", "key"): "eap_key",
    ("network", "wifi", "eap", "key"): "wifi_eap_key",
}


def given(document: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yields the secrets in a document that are text: where, and what it says."""
    for path in SECRETS:
        value: Any = document
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, str):
            yield path, value


def kept_contradictions(document: dict[str, Any], store: Path | None) -> Iterator[Contradiction]:
    """Yields secrets that are `(kept)` while the box keeps none; `store`: None elsewhere than on the box."""
    for path, value in given(document) if store is not None else ():
        try:
            if value == KEPT and store is not None:
                kept(SECRETS[path], store)
        except CredentialsError as error:
            yield path, words_of(error)
