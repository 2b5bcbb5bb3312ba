"""What would come of a draft: blocks, for as long as reading a `room.toml` takes three times.

No I/O but a look at the files that the configuration names, as `offhook check` has it.
"""

from collections.abc import Iterable

from appliance.config.bounded import NotToml
from appliance.config.edit.form import form
from appliance.config.edit.proposal import FILE, Add, Edit, Proposal, Remove, Set, by_text, edited, mark_of
from appliance.config.edit.shapes import shaped
from appliance.config.edit.stand_ins import with_stand_ins
from appliance.config.load import ConfigError, parse
from appliance.config.schema import Config
from appliance.config.toml import Mistake as Found
from appliance.language.catalogue import Language
from appliance.maintain.editing import Change, Draft, Effect, Looked, Mistake
from appliance.run.live.changes import changes
from appliance.run.live.settings import Settings


def looked(in_force: str, draft: Draft, language: Language) -> Looked:
    """Returns what would come of a draft upon the text in force; of both the secrets are `(kept)`.

    Raises `CannotEdit`: a change is one that the text does not let us make.
    """
    text = draft_with_changes(draft)
    proposal = _proposed(in_force, draft, text)
    return Looked(
        text,
        said(proposal.mistakes, language),
        proposal.difference,
        _effect(in_force, proposal.config),
        _form(text),
    )


def draft_with_changes(draft: Draft) -> str:
    """Returns a draft's text with its changes; as it is, where it is no TOML. Raises `CannotEdit`."""
    return _edited(draft.text, draft.changes)


def whole_text(draft: Draft) -> str:
    """Returns a draft's text with its changes and its secrets. Raises `CannotEdit`."""
    return _edited(draft_with_changes(draft), draft.secrets)


def said(mistakes: Iterable[Found], language: Language) -> tuple[Mistake, ...]:
    """Returns mistakes in a language."""
    return tuple(Mistake(each.line, each.key, language.say(each.message)) for each in mistakes)


def _proposed(in_force: str, draft: Draft, text: str) -> Proposal:
    before = with_stand_ins(in_force)
    return by_text(before, mark_of(before), with_stand_ins(_edited(text, draft.secrets)))


def _edited(text: str, wanted: Iterable[Change]) -> str:
    try:
        return edited(text, map(_edit, wanted))
    except NotToml:
        return text  # the mistake says so


def _edit(change: Change) -> Edit:
    if change.how == "add":
        return Add(change.path)
    return Remove(change.path) if change.how == "remove" else Set(change.path, change.value)


def _effect(in_force: str, config: Config | None) -> Effect | None:
    try:
        before = parse(with_stand_ins(in_force), FILE)
    except ConfigError:
        return None
    if config is None:
        return None
    found = changes(Settings(before), Settings(config))
    return Effect(_sorted(found.added), _sorted(found.removed), _sorted(found.replaced), found.whole)


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names))


def _form(text: str) -> object:
    try:
        return shaped(form(text))
    except NotToml:
        return None
