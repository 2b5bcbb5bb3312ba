"""What the headers of a request say about forms and versions: `Accept`, `Content-Type`, `If-None-Match`.

RFC 9110, sections 8.8.3, 12.4.2, 12.5.1 and 13.1.2. What cannot be read in a list is passed over, the rest counts.
"""

from collections.abc import Iterator


def accepts(header: str | None, media_type: str) -> bool:
    """Returns whether a client takes a media type; without the header it takes all.

    Of ranges that fit the most particular one decides, whatever its place.
    """
    if header is None or not header.strip():
        return True
    kind = media_type.partition(";")[0]
    fitting = {kind: 2, f"{kind.partition('/')[0]}/*": 1, "*/*": 0}
    found = [(fitting[media], quality) for media, quality in _ranges(header) if media in fitting]
    return bool(found) and max(found)[1] > 0


def is_json(content_type: str | None) -> bool:
    """Returns whether a body says that it is JSON, which is in UTF-8 (RFC 8259, 8.1)."""
    kind, _, parameters = (content_type or "").lower().partition(";")
    said = {part.strip().replace('"', "") for part in parameters.split(";")} - {""}
    return kind.strip() == "application/json" and said <= {"charset=utf-8"}


def matches(if_none_match: str | None, etag: str) -> bool:
    """Returns whether a client has what the tag stands for; weak tags are as good as strong ones here."""
    if if_none_match is None:
        return False
    given = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return given == ["*"] or etag.removeprefix("W/") in given


def _ranges(header: str) -> Iterator[tuple[str, float]]:
    for item in header.lower().split(","):
        media, *parameters = (part.strip() for part in item.split(";"))
        if "/" in media:
            yield media, _quality(parameters)


def _quality(parameters: list[str]) -> float:
    said = next((value for name, _, value in (each.partition("=") for each in parameters) if name.strip() == "q"), "1")
    try:
        return min(1.0, max(0.0, float(said)))
    except ValueError:
        return 0.0
