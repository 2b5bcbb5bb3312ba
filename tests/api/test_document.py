"""The document of the interface: what its own rules ask of it, and what the server does."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from appliance.access.roles import Role
from appliance.api.about import ROOT
from appliance.api.operations import OPERATIONS
from tests.api.conftest import Serve
from tests.api.rooms import FromAway, app, bearer, room
from tests.runtime.web.client import get

FILE = Path(__file__).parents[2] / "appliance/api/static/openapi.json"
DOCUMENT: dict[str, Any] = json.loads(FILE.read_text())


async def test_everybody_can_read_it(serve: Serve) -> None:
    answer = await get(await serve(FromAway(app(room()))), f"{ROOT}/openapi.json")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json == DOCUMENT


def test_it_has_every_operation_and_no_other() -> None:
    found = {
        (method.upper(), path): described["operationId"]
        for path, methods in DOCUMENT["paths"].items()
        for method, described in methods.items()
    }
    assert found == {(each.method, each.path): each.name for each in OPERATIONS}
    assert DOCUMENT["servers"] == [{"url": ROOT}]


@pytest.mark.parametrize("name", DOCUMENT["components"]["schemas"])
def test_its_schemas_are_schemas(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(DOCUMENT["components"]["schemas"][name])


def references(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set[str]()
        return own.union(*(references(each) for each in value.values()))
    return set[str]().union(*(references(each) for each in value)) if isinstance(value, list) else set()


def test_everything_that_it_refers_to_is_there_and_nothing_is_there_for_nothing() -> None:
    named = {f"#/components/schemas/{name}" for name in DOCUMENT["components"]["schemas"]}
    assert references(DOCUMENT) | {"#/components/schemas/Event"} == named  # events are told in a stream


def test_it_keeps_the_rules_of_openapi() -> None:
    validator = pytest.importorskip("openapi_spec_validator")
    validator.validate(DOCUMENT)


VALIDATED = [each for each in OPERATIONS if each.answers is not None and each.method == "GET"]


@pytest.mark.parametrize("operation", VALIDATED, ids=lambda operation: operation.name)
async def test_the_server_answers_as_it_says(operation: Any, serve: Serve) -> None:
    address = await serve(app(room('[buttons.call]\npin = 17\npress = "call"\n')))
    answer = await get(address, ROOT + operation.path, bearer(Role.MAINTAIN))
    described = DOCUMENT["paths"][operation.path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    schema = {**described, "components": DOCUMENT["components"]}
    jsonschema.validate(answer.json, schema, jsonschema.Draft202012Validator)


async def test_an_error_is_as_it_says(serve: Serve) -> None:
    answer = await get(await serve(app(room())), f"{ROOT}/audit")
    schema = {"$ref": "#/components/schemas/Problem", "components": DOCUMENT["components"]}
    jsonschema.validate(answer.json, schema, jsonschema.Draft202012Validator)


async def test_the_page_to_try_it_is_ours_alone(serve: Serve) -> None:
    address = await serve(app(room()))
    page = await get(address, f"{ROOT}/")
    assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b"http" not in page.body
    for name, kind in (("try.js", "text/javascript"), ("try.css", "text/css")):
        file = await get(address, f"{ROOT}/static/{name}")
        assert (file.status, file.headers["content-type"].partition(";")[0]) == (200, kind)
        assert f'"static/{name}"'.encode() in page.body
