"""What every operation has in common: who may, which methods and forms there are, and how errors are said."""

import pytest
from starlette.requests import Request
from starlette.responses import Response

from appliance.access.roles import Caller, Role
from appliance.api.about import ROOT
from appliance.api.app import api_routes
from appliance.api.operations import OPERATIONS
from appliance.api.table.operation import Operation
from appliance.runtime.web.answers import web_app
from tests.api.conftest import Serve
from tests.api.rooms import GATE, ROLES, FromAway, app, bearer, room
from tests.runtime.web.client import get, request

ENDING = [each for each in OPERATIONS if each.method == "GET" and each.name != "getEvents"]  # that has tests of its own
PATHS = sorted({operation.path for operation in OPERATIONS})


async def echo(_request: Request, caller: Caller | None) -> Response:
    return Response(caller.name if caller else "nobody", media_type="text/plain")


HANDLERS = dict.fromkeys((operation.name for operation in OPERATIONS), echo)
NEEDED = {
    ("GET", "/view"): Role.VIEW,
    ("GET", "/events"): Role.VIEW,
    ("GET", "/actions"): Role.VIEW,
    ("POST", "/actions"): Role.TOUCH,
    ("GET", "/health"): Role.VIEW,
    ("GET", "/metrics"): Role.VIEW,
    ("GET", "/devices"): Role.VIEW,
    ("GET", "/parts"): Role.MAINTAIN,
    ("POST", "/parts"): Role.MAINTAIN,
    ("GET", "/configuration"): Role.MAINTAIN,
    ("PUT", "/configuration"): Role.MAINTAIN,
    ("GET", "/configuration/file"): Role.MAINTAIN,
    ("POST", "/configuration/keep"): Role.MAINTAIN,
    ("POST", "/configuration/return"): Role.MAINTAIN,
    ("GET", "/configuration/versions"): Role.MAINTAIN,
    ("GET", "/terminal/settings"): Role.MAINTAIN,
    ("PATCH", "/terminal/settings"): Role.MAINTAIN,
    ("GET", "/audit"): Role.MAINTAIN,
    ("GET", "/machine"): Role.MAINTAIN,
    ("POST", "/machine/restart"): Role.MAINTAIN,
    ("POST", "/machine/reboot"): Role.MAINTAIN,
    ("POST", "/machine/update"): Role.MAINTAIN,
    ("POST", "/machine/backup"): Role.MAINTAIN,
    ("POST", "/machine/restore"): Role.MAINTAIN,
    ("POST", "/machine/reset"): Role.MAINTAIN,
    ("GET", "/version"): Role.VIEW,
    ("GET", "/openapi.json"): None,
}


def test_the_table_says_who_may_as_it_is_promised() -> None:
    assert {(operation.method, operation.path): operation.role for operation in OPERATIONS} == NEEDED


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
async def test_each_role_at_each_route(operation: Operation, role: Role | None, serve: Serve) -> None:
    address = await serve(FromAway(web_app(api_routes(HANDLERS, GATE))))
    sends = {"Content-Type": operation.takes, **bearer(role)}
    answer = await request(address, operation.method, ROOT + operation.path, headers=sends)
    needed = operation.role
    if needed is None or (role is not None and role >= needed):
        assert answer.status == 200
        assert answer.body.decode() == ("nobody" if needed is None else f"a {role and role.word} program")
        return
    assert answer.status == (401 if role is None else 403)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json["status"] == answer.status
    assert answer.headers["www-authenticate"].startswith('Bearer realm="offhook"')
    assert ("insufficient_scope" in answer.headers["www-authenticate"]) is (role is not None)


async def test_the_box_itself_needs_no_token_but_to_maintain(serve: Serve) -> None:
    address = await serve(app(room()))
    assert (await get(address, f"{ROOT}/view")).status == 200
    wrong = await get(address, f"{ROOT}/view", {"Authorization": "Bearer guess"})
    assert wrong.status == 401
    assert 'error="invalid_token"' in wrong.headers["www-authenticate"]


async def test_a_token_in_plain_counts_for_nothing_and_that_is_said(serve: Serve) -> None:
    address = await serve(FromAway(app(room()), scheme="http"))
    answer = await get(address, f"{ROOT}/view", bearer(Role.MAINTAIN))
    assert answer.status == 401
    assert "expected HTTPS" in answer.json["detail"]


METHODS = ("DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE")
KNOWN = {(operation.path, operation.method) for operation in OPERATIONS}
UNKNOWN = [(path, method) for path in PATHS for method in METHODS if (path, method) not in KNOWN]


@pytest.mark.parametrize(("path", "method"), UNKNOWN)
async def test_a_method_that_there_is_not_is_told_those_that_there_are(path: str, method: str, serve: Serve) -> None:
    answer = await request(await serve(app(room())), method, ROOT + path)
    methods = {operation.method for operation in OPERATIONS if operation.path == path}
    expected = methods | ({"HEAD"} if "GET" in methods else set())
    assert answer.status == 405
    assert set(answer.headers["allow"].split(", ")) == expected
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/nothing", "/view/", "/view/more", "/../view", "/%2e%2e"])
async def test_what_there_is_not_is_said_as_a_problem(path: str, serve: Serve) -> None:
    answer = await get(await serve(app(room())), ROOT + path)
    assert answer.status in {404, 307}
    if answer.status == 404:
        assert (answer.headers["content-type"], answer.json["title"]) == ("application/problem+json", "Not Found")


@pytest.mark.parametrize("operation", ENDING, ids=lambda operation: operation.name)
async def test_head_is_get_without_the_body(operation: Operation, serve: Serve) -> None:
    address = await serve(app(room()))
    whole = await get(address, ROOT + operation.path, bearer(Role.MAINTAIN))
    head = await request(address, "HEAD", ROOT + operation.path, headers=bearer(Role.MAINTAIN))
    assert (head.status, head.body) == (whole.status, b"")
    assert head.headers["content-type"] == whole.headers["content-type"]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
async def test_a_form_that_there_is_not_is_refused(operation: Operation, serve: Serve) -> None:
    address = await serve(app(room()))
    sends = {
        "Accept": "image/png, text/plain;q=0, application/openmetrics-text;q=0",
        "Content-Type": operation.takes,
        **bearer(Role.MAINTAIN),
    }
    answer = await request(address, operation.method, ROOT + operation.path, headers=sends)
    assert answer.status == 406
    assert operation.media_types[0] in answer.json["detail"]


@pytest.mark.parametrize(
    ("method", "headers", "body", "status"),
    [
        ("GET", {"Host": "rebound.example"}, b"", 421),
        ("GET", {"Origin": "https://elsewhere.example"}, b"", 403),
        ("GET", {}, b"{}", 400),
        ("POST", {"Content-Length": "70000"}, b" " * 70000, 413),
        ("POST", {"Origin": "http://127.0.0.1:{port}", "Content-Type": "text/plain"}, b"{}", 415),
    ],
)
async def test_what_is_refused_before_the_interface_is_a_problem_too(
    method: str, headers: dict[str, str], body: bytes, status: int, serve: Serve
) -> None:
    address = await serve(app(room()))
    sends = {name: value.format(port=address[1]) for name, value in headers.items()}
    answer = await request(address, method, f"{ROOT}/view", body, sends)
    assert (answer.status, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json["status"] == status


async def test_what_fails_is_said_as_a_problem_and_names_nothing_inside(serve: Serve) -> None:
    async def broken(_request: Request, _caller: Caller | None) -> Response:
        raise RuntimeError("the key is 1234")

    address = await serve(web_app(api_routes(HANDLERS | {"getView": broken}, GATE)))
    answer = await get(address, f"{ROOT}/view")
    assert (answer.status, answer.headers["content-type"]) == (500, "application/problem+json")
    assert b"1234" not in answer.body
