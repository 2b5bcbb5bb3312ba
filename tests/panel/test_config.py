import msgspec
import pytest

from appliance.panel.config import Listen, PanelConfig, parse_listen


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
        ("[room]:8080", "`room` is no IPv6 address"),
        ("room:", "`` is no port"),
        ("room:65536", "`65536` is no port"),
        ("room:-1", "`-1` is no port"),
        ("room:8080x", "`8080x` is no port"),
        ("room:٣", "`٣` is no port"),
    ],
)
def test_what_is_no_address_is_named(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        parse_listen(text)


def test_panel_table_is_checked_where_it_is_read() -> None:
    assert msgspec.convert({"listen": "[::]:80"}, PanelConfig).listen == "[::]:80"
    with pytest.raises(msgspec.ValidationError, match="is no port"):
        msgspec.convert({"listen": "room:http"}, PanelConfig)
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        msgspec.convert({"listen": "room:80", "port": 80}, PanelConfig)


def test_certificate_and_key_go_together() -> None:
    pair = {"certificate": "/etc/c.pem", "key": "/etc/k.pem"}
    assert msgspec.convert({"listen": "room:443", **pair}, PanelConfig).key == "/etc/k.pem"
    for name, other in (("certificate", "key"), ("key", "certificate")):
        with pytest.raises(msgspec.ValidationError, match=f"`{name}` needs `{other}` beside it"):
            msgspec.convert({"listen": "room:443", name: pair[name]}, PanelConfig)
        with pytest.raises(msgspec.ValidationError, match=f"`{name}` is empty"):
            msgspec.convert({"listen": "room:443", **pair, name: ""}, PanelConfig)
