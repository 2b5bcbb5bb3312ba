import msgspec
import pytest

from appliance.panel.config import PanelConfig


def test_panel_table_is_checked_where_it_is_read() -> None:
    assert msgspec.convert({"listen": "[::]:80"}, PanelConfig).listen == "[::]:80"
    with pytest.raises(msgspec.ValidationError, match="is not a port"):
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


@pytest.mark.parametrize("name", ["", "*", "http://room.example.com", "room.example.com:8080", "a b", "комната.рф"])
def test_names_are_names_alone(name: str) -> None:
    good = {"listen": "[::]:80", "names": ["room.example.com", "xn--80atgfgf0a.xn--p1ai"]}
    assert msgspec.convert(good, PanelConfig).names[0] == "room.example.com"
    with pytest.raises(msgspec.ValidationError, match="is not a name that browsers ask for"):
        msgspec.convert({"listen": "[::]:80", "names": [name]}, PanelConfig)
