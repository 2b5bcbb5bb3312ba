"""The application that answers programs: routes out of the table of operations, and every error as problem details."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import TypeAlias

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from appliance.access.gate import Gate
from appliance.access.roles import Caller
from appliance.api.about import ROOT
from appliance.api.negotiation import accepts, is_json
from appliance.api.operations import OPERATIONS
from appliance.api.table.operation import JSON, Operation
from appliance.api.who import caller_with
from appliance.runtime.web.problems import problem_answer

Handler: TypeAlias = Callable[[Request, Caller | None], Awaitable[Response]]
"""Answers an operation. The caller is None only where the operation needs no role."""


def api_routes(
    handlers: Mapping[str, Handler],
    gate: Gate,
    beside: Iterable[BaseRoute] = (),
    table: Iterable[Operation] = OPERATIONS,
) -> list[BaseRoute]:
    """Returns what answers below `/api/v1`; `handlers` by the names of operations. `beside`: pages of its own."""
    paths: dict[str, dict[str, Operation]] = {}
    for operation in table:
        paths.setdefault(operation.path, {})[operation.method] = operation
    routes = [_route(path, operations, handlers, gate) for path, operations in paths.items()]
    told = {HTTPException: _say, Exception: _say}
    return [Mount(ROOT, Starlette(routes=[*routes, *beside], exception_handlers=told))]


def _route(path: str, operations: dict[str, Operation], handlers: Mapping[str, Handler], gate: Gate) -> Route:
    """Returns one route for all methods of a path, so that `Allow` names them all."""

    async def answer(request: Request) -> Response:
        operation = operations["GET" if request.method == "HEAD" else request.method]
        caller = None if operation.role is None else caller_with(gate, request.scope, operation.role)
        _check_forms(request, operation)
        return await handlers[operation.name](request, caller)

    return Route(path, answer, methods=[*operations])


def _check_forms(request: Request, operation: Operation) -> None:
    """Raises `HTTPException`: the client takes no form that there is, or sends one that nobody reads."""
    accept = request.headers.get("accept")
    if not any(accepts(accept, media_type) for media_type in operation.media_types):
        forms = " or ".join(operation.media_types)
        raise HTTPException(406, f"there is only {forms}; expected it, or */*, in `Accept`")
    said = request.headers.get("content-type")
    if operation.asks is not None and not _is_taken(operation, said):
        expected = operation.takes
        accepts_it = {f"Accept-{operation.method.title()}": expected}
        raise HTTPException(415, f"Content-Type is `{said or ''}`; expected {expected}", accepts_it)


def _is_taken(operation: Operation, said: str | None) -> bool:
    if operation.takes == JSON:
        return is_json(said)
    return (said or "").partition(";")[0].strip().lower() == operation.takes


async def _say(_request: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException):
        return problem_answer(error)
    return problem_answer(HTTPException(500, "this failed; the log says why"))
