"""What was wrong with a request, for programs: problem details (RFC 9457).

Whatever answers below `PROGRAMS` says it in this form: the application itself, and what a request passes before it.
"""

from http import HTTPStatus
from typing import Final

import msgspec
from starlette.exceptions import HTTPException
from starlette.responses import Response

PROGRAMS: Final = "/api/"
MEDIA_TYPE: Final = "application/problem+json"


class Problem(msgspec.Struct, frozen=True):
    """What was wrong.

    title: The words that HTTP has for the status.
    status: As the answer has it.
    detail: What was wrong, what was expected and what to do, for a person.
    type: There is no page about it: the status says what kind it is.
    """

    title: str
    status: int
    detail: str
    type: str = "about:blank"


def is_for_programs(path: str) -> bool:
    """Returns whether who asks for this path is told of errors as programs are."""
    return path.startswith(PROGRAMS)


def problem_of(error: HTTPException) -> Problem:
    """Returns what an error says."""
    return Problem(HTTPStatus(error.status_code).phrase, error.status_code, error.detail)


def problem_answer(error: HTTPException) -> Response:
    """Returns the answer that says it, with the headers that the error has."""
    body = msgspec.json.encode(problem_of(error))
    return Response(body, error.status_code, headers=error.headers, media_type=MEDIA_TYPE)
