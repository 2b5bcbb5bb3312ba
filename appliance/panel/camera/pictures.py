"""Pictures of the terminal's camera, for screens that may touch."""

from collections.abc import Awaitable, Callable
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from appliance.panel.access import Access

_YEAR: Final = 365 * 86_400  # seconds


def picture_routes(
    latest: Callable[[], Awaitable[bytes | None]], place: Callable[[int], bytes | None], access: Access
) -> list[Route]:
    """Returns `GET /panel/camera.jpg`, what the camera sees now, and `/panel/place/N.jpg`, the picture of a place.

    The former is answered with 204 while the terminal shows nothing, the latter with 404 where there is no picture.
    """

    async def camera(request: Request) -> Response:
        _need_touch(request)
        picture = await latest()
        if picture is None:  # which is no mistake of the page
            return Response(status_code=204, headers={"Cache-Control": "no-store"})
        return _answer(picture, "no-store")

    async def stored(request: Request) -> Response:
        _need_touch(request)
        return _answer(place(request.path_params["number"]), f"private, max-age={_YEAR}, immutable")

    def _need_touch(request: Request) -> None:
        if not access.may_touch(request.scope):
            raise HTTPException(403, "this screen may only look; pair it first")

    return [Route("/panel/camera.jpg", camera), Route("/panel/place/{number:int}.jpg", stored)]


def _answer(picture: bytes | None, keep: str) -> Response:
    if picture is None:
        raise HTTPException(404, "nothing was photographed at this place", {"Cache-Control": "no-store"})
    headers = {"Cache-Control": keep, "X-Content-Type-Options": "nosniff"}
    return Response(picture, media_type="image/jpeg", headers=headers)
