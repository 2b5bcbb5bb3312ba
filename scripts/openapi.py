"""Writes `appliance/api/static/openapi.json`: the interface for programs as an OpenAPI 3.1 document, from its table."""

import json
from pathlib import Path
from typing import Any

import msgspec
from asyncapi import all_types, described

from appliance.access.roles import Role
from appliance.api.about import ROOT
from appliance.api.operations import OPERATIONS
from appliance.api.table.operation import PROBLEMS, Header, Operation
from appliance.room.happened import Event
from appliance.runtime.web.problems import MEDIA_TYPE, Problem

FILE = Path(__file__).parent.parent / "appliance" / "api" / "static" / "openapi.json"
SCHEMA = "#/components/schemas/{name}"
ABOUT = (
    "One meeting room: how it is, what happens in it, and what may be asked of it. Fields and values may be added; a "
    "program passes over what it does not know. Every error is a problem (RFC 9457)."
)
HEADERS = {
    304: {"ETag": "The tag of the view."},
    401: {"WWW-Authenticate": "What is wrong with the token, or that there is none (RFC 6750)."},
    403: {"WWW-Authenticate": "Where the role is not enough (RFC 6750)."},
    429: {"Retry-After": "Seconds."},
    503: {"Retry-After": "Seconds."},
}


def generated() -> dict[Path, str]:
    """The document by its path."""
    return {FILE: json.dumps(document(), indent=1, ensure_ascii=False) + "\n"}


def document() -> dict[str, Any]:
    """The whole document."""
    paths: dict[str, Any] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "offhook", "version": "1.0.0", "description": ABOUT, "license": _license()},
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "servers": [{"url": ROOT}],
        "paths": paths,
        "components": {"schemas": _schemas(), "securitySchemes": _schemes()},
    }


def _license() -> dict[str, str]:
    return {"name": "Apache License 2.0", "identifier": "Apache-2.0"}


def _schemes() -> dict[str, Any]:
    about = "A token of this box. It counts over HTTPS, and on the box itself."
    return {"bearer": {"type": "http", "scheme": "bearer", "description": about}}


def _operation(operation: Operation) -> dict[str, Any]:
    role = "everybody" if operation.role is None else f"role `{operation.role.word}`"
    about = " ".join(filter(None, (operation.about, f"For {role}.")))
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": about,
        "security": _security(operation.role),
        "parameters": [*_parameters("header", operation.headers), *_parameters("query", operation.query)],
        **({"requestBody": _body(operation)} if operation.asks is not None else {}),
        "responses": _responses(operation),
    }


def _security(role: Role | None) -> list[dict[str, list[str]]]:
    """Whoever is on the box itself needs no token, but to maintain."""
    if role is None:
        return []
    return [{"bearer": []}] if role is Role.MAINTAIN else [{"bearer": []}, {}]


def _parameters(where: str, parameters: tuple[Header, ...]) -> list[dict[str, Any]]:
    return [
        {
            "name": each.name,
            "in": where,
            "required": each.required,
            "description": each.about,
            "schema": msgspec.json.schema(each.kind),
        }
        for each in parameters
    ]


def _body(operation: Operation) -> dict[str, Any]:
    return {"required": True, "content": {operation.takes: {"schema": _schema(operation.asks)}}}


def _responses(operation: Operation) -> dict[str, Any]:
    refused = {**PROBLEMS, **operation.refuses}
    if operation.role is None:
        refused = {status: about for status, about in refused.items() if status != 401}
    problems = {str(status): _problem(status, about) for status, about in sorted(refused.items())}
    return {"200": _answer(operation), **problems}


def _answer(operation: Operation) -> dict[str, Any]:
    schema = {"type": "string"} if operation.answers is None else _schema(operation.answers)
    content = {media_type: {"schema": schema} for media_type in operation.media_types}
    tagged = {"headers": _told({"ETag": "The tag of the view."})} if operation.name == "getView" else {}
    return {"description": operation.summary + ".", **tagged, "content": content}


def _problem(status: int, about: str) -> dict[str, Any]:
    headers = {"headers": _told(HEADERS[status])} if status in HEADERS else {}
    content = {} if status < 400 else {"content": {MEDIA_TYPE: {"schema": _schema(Problem)}}}
    return {"description": about, **headers, **content}


def _told(headers: dict[str, str]) -> dict[str, Any]:
    return {name: {"description": about, "schema": {"type": "string"}} for name, about in headers.items()}


def _schema(kind: Any) -> dict[str, Any]:  # noqa: ANN401  # any type of the table
    if kind is bytes:  # a file, and not text in base64
        return {"type": "string", "format": "binary"}
    (schema,), _ = msgspec.json.schema_components([kind], ref_template=SCHEMA)
    return schema


def _schemas() -> dict[str, Any]:
    kinds = [kind for each in OPERATIONS for kind in (each.asks, each.answers) if kind not in {None, bytes}]
    kinds += [Problem, Event]
    _, schemas = msgspec.json.schema_components(kinds, ref_template=SCHEMA)
    types = {kind.__name__: kind for kind in all_types(kinds)}
    return {name: described(schema, types[name]) for name, schema in sorted(schemas.items())}
