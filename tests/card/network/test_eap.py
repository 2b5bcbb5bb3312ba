"""802.1X: what becomes of its table and its files, and what is refused."""

import stat
from collections.abc import Callable

import pytest

from appliance.config.machine import Card
from appliance.config.toml import read
from tests.card.conftest import ROOM, Box

CONF = "etc/wpa_supplicant/wpa_supplicant-wired-eth0.conf"
WIRELESS = "etc/wpa_supplicant/wpa_supplicant-wlan0.conf"
WIRED = "etc/systemd/network/10-offhook-wired.network"
KEPT_KEY = "etc/credstore/offhook.eap_key"
SERVER = 'ca = "ca.pem"\nserver = "radius.example.com"\n'
TLS = f'[network.eap]\nmethod = "tls"\nidentity = "box@example.com"\n{SERVER}certificate = "box.pem"\nkey = "box.key"\n'
PEAP = f'[network.eap]\nmethod = "peap"\nidentity = "box"\npassword = "pä\\"ss\\\\"\n{SERVER}'
WIFI = '[network.wifi]\nssid = "Office"\ncountry = "RU"\n'
Enterprise = Callable[..., Box]


def of(text: str) -> str:
    return text.encode().hex()


def files_of(box: Box) -> set[str]:
    return {path for path in box.all() if "eap" in path or "wired-" in path}


def test_a_certificate_becomes_a_network_that_checks_its_server(enterprise: Enterprise) -> None:
    box = enterprise(ca_pem="ca.pem", box_pem="box.pem", box_key="box.key")
    outcome = box.apply(ROOM + TLS)
    assert outcome.mistakes == ()
    assert outcome.eap == "eth0"
    assert "eap" in outcome.changed
    assert str(box.has(CONF)).split("network={\n")[1] == (
        "\tkey_mgmt=IEEE8021X\n\teapol_flags=0\n\teap=TLS\n"
        f"\tidentity={of('box@example.com')}\n"
        '\tca_cert="/etc/offhook/network/eap-ca.pem"\n'
        f"\tdomain_suffix_match={of('radius.example.com')}\n"
        '\tphase1="tls_disable_tlsv1_0=1 tls_disable_tlsv1_1=1"\n'
        '\tclient_cert="/etc/offhook/network/eap.pem"\n'
        '\tprivate_key="/etc/credstore/offhook.eap_key"\n}\n'
    )
    assert stat.S_IMODE((box.root / CONF).stat().st_mode) == 0o600
    assert "\nName=eth0\n" in str(box.has(WIRED))


def test_the_key_leaves_the_card_and_serves_as_before(enterprise: Enterprise) -> None:
    box = enterprise(ca_pem="ca.pem", box_pem="box.pem", box_key="box.key")
    key = (box.boot / "box.key").read_text()
    box.apply(ROOM + TLS)
    assert not (box.boot / "box.key").exists()
    assert (box.boot / "box.pem").exists()
    assert box.has(KEPT_KEY) == key
    assert stat.S_IMODE((box.root / KEPT_KEY).stat().st_mode) == 0o600
    again = box.apply()
    assert (again.mistakes, again.changed) == ((), frozenset())
    assert box.has(KEPT_KEY) == key


def test_what_is_not_used_any_more_is_not_kept(enterprise: Enterprise) -> None:
    box = enterprise(ca_pem="ca.pem", box_pem="locked.pem", box_key="locked.key")
    assert box.apply(ROOM + TLS + 'key_password = "for the key"\n').mistakes == ()
    assert 'key_password = "(kept)"' in box.file.read_text()
    assert box.has("etc/credstore/offhook.eap_key_password") == "for the key\n"
    assert f"private_key_passwd={of('for the key')}" in str(box.has(CONF))
    outcome = box.apply(ROOM)
    assert outcome.mistakes == ()
    assert outcome.eap == ""
    assert files_of(box) == set()


def test_a_password_may_have_any_character_and_leaves_the_card(enterprise: Enterprise) -> None:
    box = enterprise(ca_pem="ca.pem")
    for text in (ROOM + PEAP, None):
        assert box.apply(text).mistakes == ()
        assert f'\tphase2="auth=MSCHAPV2"\n\tpassword={of(chr(112) + "ä" + chr(34) + "ss" + chr(92))}\n' in str(
            box.has(CONF)
        )
        assert 'password = "(kept)"' in box.file.read_text()
    assert box.has("etc/credstore/offhook.eap") == 'pä"ss\\\n'


def test_wifi_has_the_same_table(enterprise: Enterprise) -> None:
    box = enterprise(ca_pem="ca.pem")
    eap = PEAP.replace("network.eap", "network.wifi.eap").replace("peap", "ttls") + 'inner = "pap"\n'
    outcome = box.apply(ROOM + WIFI + "wpa3_only = true\n" + eap)
    assert outcome.mistakes == ()
    assert outcome.eap == ""
    conf = str(box.has(WIRELESS))
    for line in ("key_mgmt=WPA-EAP-SHA256", "proto=RSN", "ieee80211w=2", "eap=TTLS", 'phase2="auth=PAP"'):
        assert f"\t{line}\n" in conf
    assert '\tca_cert="/etc/offhook/network/wifi-ca.pem"\n' in conf
    assert box.has("etc/credstore/offhook.wifi_eap") == 'pä"ss\\\n'
    assert box.apply(ROOM + WIFI).mistakes == ()
    assert not list((box.root / "etc/credstore").iterdir())
    assert not list((box.root / "etc/offhook/network").iterdir())


@pytest.mark.parametrize(
    ("files", "extra", "line", "wrong"),
    [
        ({}, "", 8, "network.eap.ca: there is no file `ca.pem` beside room.toml"),
        ({"ca_pem": "ca.pem"}, "", 10, "network.eap.certificate: there is no file `box.pem`"),
        ({"ca_pem": "ca.pem", "box_pem": "box.pem"}, "", 11, "network.eap.key: there is no file `box.key`"),
        ({"ca_pem": "radius.pem", "box_pem": "box.pem", "box_key": "box.key"}, "", 8, "is not that of an authority"),
        ({"ca_pem": "ca.key", "box_pem": "box.pem", "box_key": "box.key"}, "", 8, "there is no certificate"),
        ({"ca_pem": "radius.csr", "box_pem": "box.pem", "box_key": "box.key"}, "", 8, "there is no certificate"),
        ({"ca_pem": "ca.srl", "box_pem": "box.pem", "box_key": "box.key"}, "", 8, "`ca.pem` is not PEM"),
        ({"ca_pem": "ca.pem", "box_pem": "other.pem", "box_key": "box.key"}, "", 11, "do not belong together"),
        (
            {"ca_pem": "ca.pem", "box_pem": "locked.pem", "box_key": "locked.key"},
            "",
            5,
            "does not open the private key",
        ),
        (
            {"ca_pem": "ca.pem", "box_pem": "locked.pem", "box_key": "locked.key"},
            'key_password = "wrong"\n',
            12,
            "network.eap.key_password: `key_password` does not open the private key",
        ),
    ],
)
def test_files_that_cannot_be_used_are_said_with_their_line(
    enterprise: Enterprise, files: dict[str, str], extra: str, line: int, wrong: str
) -> None:
    box = enterprise(**files)
    outcome = box.apply(ROOM + TLS + extra)
    assert [mistake.line for mistake in outcome.mistakes] == [line]
    assert wrong in str(box.errors())
    assert outcome.has_room
    assert files_of(box) == set()
    assert "DHCP=yes" in str(box.has(WIRED))
    assert (box.boot / "box.key").exists() == ("box_key" in files)


def test_a_wrong_file_leaves_the_network_as_it_was(enterprise: Enterprise) -> None:
    box = enterprise(ca_pem="ca.pem", box_pem="box.pem", box_key="box.key")
    box.apply(ROOM + '[network]\naddress = "10.0.0.7/8"\n' + TLS)
    before = {path: box.has(path) for path in (CONF, WIRED, KEPT_KEY)}
    (box.boot / "box.pem").write_text("nonsense")
    outcome = box.apply(ROOM + '[network]\naddress = "10.0.0.8/8"\n' + TLS)
    assert [mistake.key for mistake in outcome.mistakes] == ["network.eap.certificate"]
    assert {path: box.has(path) for path in before} == before


@pytest.mark.parametrize("name", ["netwrok.eap", "network.epa"])
def test_a_mistyped_table_does_not_take_802_1x_away(enterprise: Enterprise, name: str) -> None:
    box = enterprise(ca_pem="ca.pem", box_pem="box.pem", box_key="box.key")
    box.apply(ROOM + "[network]\n" + TLS)
    before = box.has(CONF)
    assert box.apply(ROOM + "[network]\n" + TLS.replace("network.eap", name)).mistakes
    assert before is not None
    assert box.has(CONF) == before


EAP = '[network.eap]\nmethod = "peap"\nidentity = "box"\npassword = "secret"\n'


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (EAP, "`ca` is missing: without `ca` and `server` the box would tell its secret to any network that asks"),
        (EAP + 'ca = "ca.pem"', "`server` is missing: without `ca` and `server`"),
        (EAP + 'ca = "ca.pem"\nserver = "com"', "server `com` would accept far too many"),
        (EAP + 'ca = "ca.pem"\nserver = "a b"', "server: `a b` is not a domain"),
        (EAP + 'ca = "ca.pem"\nserver = "192.0.2.1"', "server: `192.0.2.1` is not a domain"),
        (EAP + 'ca = "/etc/ssl/ca.pem"\nserver = "example.com"', "expected a file beside room.toml on the card"),
        (EAP + 'ca = "../ca.pem"\nserver = "example.com"', "expected a file beside room.toml on the card"),
        (EAP + SERVER + 'certificate = "box.pem"', "method `peap` does not use `certificate`"),
        (EAP + SERVER + 'inner = "pap"', "`inner` `pap` is for method `ttls` only"),
        (EAP.replace('password = "secret"\n', "") + SERVER, "method `peap` needs `password`"),
        (EAP.replace("peap", "tls").replace('password = "secret"\n', "") + SERVER, "method `tls` needs `certificate`"),
        (TLS + 'password = "secret"', "method `tls` does not use `password`"),
        (EAP.replace('"box"', '"b\\nox"') + SERVER, "`identity` has a character that nobody can type"),
        (EAP.replace('"box"', '""') + SERVER, "an identity has 1 to 253 bytes"),
        (EAP.replace("secret", "se\\u0000cret") + SERVER, "`password` has a character that nobody can type"),
        (EAP.replace("peap", "leap") + SERVER, "network.eap.method"),
        (
            WIFI + 'password = "long enough"\n' + PEAP.replace("network.eap", "network.wifi.eap"),
            "either `password` or `eap`",
        ),
        (WIFI + "wpa3_only = true", "`wpa3_only` needs `password` or `eap`"),
    ],
)
def test_what_could_not_be_or_would_not_be_safe_is_refused(text: str, wrong: str) -> None:
    value, mistakes = read(Card, text)
    assert value is None
    (mistake,) = mistakes
    assert wrong in f"{mistake.key}: {mistake.message}"


def test_no_secret_is_in_a_repr(enterprise: Enterprise) -> None:
    for text in (
        PEAP,
        TLS + 'key_password = "secret key"',
        '[network]\nproxy = "http://p:1"\nproxy_user = "u"\nproxy_password = "secret"',
    ):
        card, _ = read(Card, text)
        assert card is not None
        assert "secret" not in repr(card)
        assert "pä" not in repr(card)
    box = enterprise(ca_pem="ca.pem", box_pem="box.pem", box_key="box.key")
    assert "PRIVATE" not in repr(box.apply(ROOM + TLS))
