"""What errors of other packages mean for a person who writes a `room.toml`."""

import re
from collections.abc import Mapping

import msgspec

from appliance.config.kinds import kinds_of, limit_of
from appliance.language.text import NOTHING, Text, Worded, said_by, verbatim
from appliance.terminal.config import CredentialsError, Flaw


def words_of(error: Exception) -> Text:
    """What is wrong, by whoever found it: our own checks, the terminal's credentials, or a driver in its own words."""
    return _of_credentials(error) if isinstance(error, CredentialsError) else said_by(error)


def words_of_msgspec(error: msgspec.ValidationError) -> Text:
    """What msgspec found, without its path, which the mistake has already, in TOML's words, which knows no null."""
    if isinstance(error.__cause__, Worded | CredentialsError):
        return words_of(error.__cause__)
    text = re.sub(r" - at `[^`]*`$", "", str(error)).replace(" | null`", "`").replace("| object`", "| table`")
    if found := re.fullmatch(r"Expected (`.*`), got (`.*`)", text):
        return Text("mistake.type", expected=kinds_of(found[1]), found=kinds_of(found[2]))
    if found := re.fullmatch(r"Expected (.*)", text):
        return limit_of(found[1])
    if found := re.fullmatch(r"Invalid enum value (.*)", text):
        return Text("mistake.not_one_of", found=found[1])
    return verbatim(text[:1].lower() + text[1:])


def _of_credentials(error: CredentialsError) -> Text:
    why = _FLAWS.get(error.flaw) or verbatim(error.detail)
    if error.flaw is Flaw.SEVERAL:
        return Text("mistake.several_secrets", known=error.key, given=error.detail)
    if error.flaw is Flaw.EMPTY:
        return Text("mistake.empty_secret", key=error.key)
    if error.path:
        return Text("mistake.secret_file", key=error.key, path=repr(error.path), why=why)
    return Text("mistake.kept", key=error.key, why=why) if error.key else Text("mistake.kept_wifi", why=why)


_FLAWS: Mapping[Flaw, Text] = {
    Flaw.SEVERAL: NOTHING,
    Flaw.EMPTY: NOTHING,
    Flaw.NOT_TEXT: Text("mistake.not_text"),
    Flaw.EMPTY_FILE: Text("mistake.empty_file"),
}
