"""What a QR code says of where phones reach the pages."""

import pytest

from appliance.panel.config import PanelConfig
from appliance.panel.pair.origin import origin


@pytest.mark.parametrize(
    ("listen", "names", "own", "expected"),
    [
        ("0.0.0.0:443", (), "192.168.1.7", "https://192.168.1.7"),
        ("0.0.0.0:8443", (), "192.168.1.7", "https://192.168.1.7:8443"),
        ("[::]:8443", (), "192.168.1.7", "https://192.168.1.7:8443"),
        ("192.168.1.9:8443", (), "192.168.1.7", "https://192.168.1.9:8443"),
        ("[fd00::9]:8443", (), "", "https://[fd00::9]:8443"),
        ("0.0.0.0:443", ("room-12.example.com.", "other"), "192.168.1.7", "https://room-12.example.com"),
        ("0.0.0.0:443", (), "", ""),
        ("127.0.0.1:443", ("room-12.example.com",), "192.168.1.7", ""),
        ("0.0.0.0:0", (), "192.168.1.7", ""),
    ],
)
def test_where_phones_reach_it(listen: str, names: tuple[str, ...], own: str, expected: str) -> None:
    assert origin(PanelConfig(listen=listen, names=names, certificate="/c.pem", key="/k.pem"), own) == expected


def test_without_a_certificate_they_do_not() -> None:
    assert origin(PanelConfig(listen="0.0.0.0:8080"), "192.168.1.7") == ""
