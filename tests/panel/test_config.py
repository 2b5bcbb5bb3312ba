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
