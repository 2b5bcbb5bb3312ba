"""What is generated from the message types is up to date, valid, and true of the manual's examples."""

import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest
import yaml

from tests.terminal.messages import printed

ROOT = Path(__file__).parents[3]
RULES = ROOT / "tests" / "data" / "asyncapi-3.0.0.json"


@pytest.fixture(scope="module")
def scripts() -> Iterator[dict[str, ModuleType]]:
    sys.path.insert(0, str(ROOT / "scripts"))
    yield {name: importlib.import_module(name) for name in ("asyncapi", "client", "terminal_pages")}
    sys.path.remove(str(ROOT / "scripts"))


@pytest.fixture(scope="module")
def document(scripts: dict[str, ModuleType]) -> dict[str, Any]:
    read: dict[str, Any] = yaml.load(scripts["asyncapi"].FILE.read_text(), yaml.CSafeLoader)
    return read


@pytest.mark.parametrize("name", ["asyncapi", "client", "terminal_pages"])
def test_it_is_up_to_date(scripts: dict[str, ModuleType], name: str) -> None:
    generated = scripts[name].generated()
    assert generated
    stale = [str(path.relative_to(ROOT)) for path, text in generated.items() if path.read_text() != text]
    assert stale == [], f"run `make docs` or scripts/{name}.py"


def test_no_page_is_left_over(scripts: dict[str, ModuleType]) -> None:
    pages = set((ROOT / "docs" / "terminal").rglob("*.md"))
    assert pages == {*scripts["terminal_pages"].generated(), ROOT / "docs" / "terminal" / "program.md"}


def test_the_document_is_read_as_it_was_meant(scripts: dict[str, ModuleType], document: dict[str, Any]) -> None:
    assert document == json.loads(json.dumps(scripts["asyncapi"].document()))


@pytest.mark.slow
def test_the_document_is_valid(document: dict[str, Any]) -> None:
    validator = jsonschema.Draft7Validator(json.loads(RULES.read_text()))
    assert [error.message[:200] for error in validator.iter_errors(document)] == []


def test_a_wrong_document_would_be_noticed(document: dict[str, Any]) -> None:
    validator = jsonschema.Draft7Validator(json.loads(RULES.read_text()))
    assert not validator.is_valid({**document, "asyncapi": "2.0.0"})
    assert not validator.is_valid({**document, "operations": {"call": {"action": "shout"}}})


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    def references(value: Any) -> Iterator[str]:  # any JSON
        if isinstance(value, dict):
            yield from (item for key, item in value.items() if key == "$ref")
        for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from references(item)

    found = set(references(document))
    assert {f"#/components/messages/{name}.reply" for name in printed.NAMES} <= found
    for reference in found:
        place: Any = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


def test_every_command_and_event_of_the_manual_is_there(document: dict[str, Any]) -> None:
    operations = set(document["operations"])
    assert operations >= set(printed.NAMES)
    messages = document["components"]["messages"]
    assert sum(name in messages for name in (f"{name}.reply" for name in printed.NAMES)) == 183
    events = {f"{printed.WIRE_NAME.get(name, name)}.event" for name in printed.EVENT_NAMES}
    assert (len(events), events - set(messages)) == (122, set())


def errors_of(document: dict[str, Any], message: str, value: dict[str, Any]) -> list[str]:
    schema = {"components": document["components"], **document["components"]["messages"][message]["payload"]}
    return [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(value)]


def test_the_printed_requests_and_events_are_what_the_document_says(document: dict[str, Any]) -> None:
    wrong = []
    for name, request in printed.REQUESTS:
        wrong += errors_of(document, f"{name}.request", {**request, "method": name})
    for name, reply in printed.REPLIES:
        if name not in printed.REPLY_IS_AN_EVENT:
            wrong += errors_of(document, f"{name}.reply", {**printed.as_meant(name, reply), "method": name})
    for name, event in printed.EVENTS:
        wire = printed.WIRE_NAME.get(name, name)
        wrong += errors_of(document, f"{wire}.event", {**printed.as_meant(name, event), "event": wire})
    assert wrong == []
    assert errors_of(document, "call.request", {"method": "call"}) == ["'peerId' is a required property"]


def test_every_command_and_event_of_the_manual_has_its_place_on_a_page() -> None:
    pages = "\n".join(path.read_text() for path in (ROOT / "docs" / "terminal").glob("*.md"))
    headings = [line.removeprefix("### ") for line in pages.splitlines() if line.startswith("### ")]
    events = [printed.WIRE_NAME.get(name, name) for name in printed.EVENT_NAMES]
    assert [name for name in (*printed.NAMES, *events) if name not in headings] == []
