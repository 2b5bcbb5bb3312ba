import pytest

from appliance.runtime.web.listen import Listen, parse_listen


@pytest.mark.parametrize(
    ("text", "listen"),
    [
        ("127.0.0.1:8080", Listen("127.0.0.1", 8080)),
        ("0.0.0.0:80", Listen("0.0.0.0", 80)),  # noqa: S104  # only read here
        ("localhost:0", Listen("localhost", 0)),
        ("[::1]:65535", Listen("::1", 65535)),
    ],
)
def test_address_reads_and_prints(text: str, listen: Listen) -> None:
    assert parse_listen(text) == listen
    assert str(listen) == text


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "expected HOST:PORT"),
        ("8080", "expected HOST:PORT"),
        (":8080", "expected HOST:PORT"),
        ("::1:8080", "expected HOST:PORT"),
        ("a b:8080", "expected HOST:PORT"),
        ("http://room:8080", "expected HOST:PORT"),
        ("[room]:8080", "`room` is not an IPv6 address"),
        ("room:", "`` is not a port"),
        ("room:65536", "`65536` is not a port"),
        ("room:-1", "`-1` is not a port"),
        ("room:8080x", "`8080x` is not a port"),
        ("room:٣", "`٣` is not a port"),
    ],
)
def test_what_is_no_address_is_named(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        parse_listen(text)
