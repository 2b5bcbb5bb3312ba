"""What the card's sections refuse, in words for whoever typed it."""

import pytest

from appliance.card.firewall import firewall
from appliance.card.network.supplicant import wireless
from appliance.config.machine import Card
from appliance.config.network.wifi import Wifi
from appliance.config.toml import read
from tests.card.conftest import KEY

WIFI = '[network.wifi]\nssid = "Guests"\ncountry = "RU"\n'


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('[network]\naddress = "192.168.1.30"', "expected an address with its prefix such as 192.168.1.30/24"),
        ('[network]\naddress = "192.168.1.300/24"', "expected an address with its prefix"),
        ('[network]\ngateway = "192.168.1.1"', "`gateway` needs `address` beside it"),
        ('[network]\naddress = "10.0.0.7/24"\ngateway = "10.0.1.1"', "is not in the network of address `10.0.0.7/24`"),
        ('[network]\ndns = ["dns.example.com"]', "dns `dns.example.com` is not a valid address"),
        ('[network]\nssid = "x"', "unknown key; expected one of"),
        (WIFI + 'password = "short"', "`password` of a Wi-Fi has 8 to 63 characters"),
        (WIFI + 'password = "длинный пароль"', "`password` of a Wi-Fi has 8 to 63 characters"),
        (WIFI.replace("RU", "Russia"), "country `Russia`: expected two capital letters such as RU"),
        (WIFI.replace("Guests", "Переговорная комната"), "`ssid` is longer than 32 bytes"),
        ('[time]\nzone = "Moscow"', "`Moscow` is not a time zone"),
        ('[time]\nzone = "../../etc/passwd"', "is not a time zone"),
        ('[time]\nservers = ["a b"]', "servers: `a b` is not a server"),
        ('[ssh]\nkeys = ["-----BEGIN OPENSSH PRIVATE KEY-----"]', "number 1: is a private key"),
        (f'[ssh]\nkeys = ["{KEY}", "{KEY[:60]}"]', "number 2: is cut off or damaged"),
        (f'[ssh]\nkeys = ["command=x {KEY}"]', "`command=x` is not a kind of key"),
        (f'[ssh]\nkeys = ["{KEY}\\nssh-rsa AAAA"]', "is not one line"),
    ],
)
def test_what_could_not_be_is_refused_with_its_reason(text: str, wrong: str) -> None:
    value, (mistake,) = read(Card, text)
    assert value is None
    assert wrong in str(mistake.message)


def test_no_password_is_in_a_repr() -> None:
    card, _ = read(Card, WIFI + 'password = "long enough"')
    assert "long enough" not in repr(card)


def test_an_open_and_a_hidden_network() -> None:
    files = wireless(Wifi(ssid="Гости", country="RU", hidden=True), None)
    text = str(getattr(files["etc/wpa_supplicant/wpa_supplicant-wlan0.conf"], "text", ""))
    assert f"ssid={'Гости'.encode().hex()}" in text
    assert "scan_ssid=1" in text
    assert "key_mgmt=NONE" in text


def test_what_nobody_configured_is_closed() -> None:
    (rules,) = firewall(None, ssh=False).values()
    assert "tcp dport" not in str(getattr(rules, "text", ""))
