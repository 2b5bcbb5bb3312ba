"""What must not leave the box does not, in whatever form it stands there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.maintain.hidden import GONE, Scrubber, files_of, hidden


def test_secrets_are_known_by_their_keys_and_everything_else_stays() -> None:
    shown, found = hidden(
        {
            "terminal": {"pin": "FA6", "host": "10.0.0.7", "token_file": "credential:offhook.token"},
            "buttons": {"call": {"pin": "BOARD13", "press": "join 200@example.com 7A93"}},
            "readers": {"badge": {"codes": {"0006871123": "hang_up"}}},
            "share": {"clients": {"crestron": {"pin": "4711", "role": "user"}}},
            "calendar": {"ics": "https://example.com/private-abc/basic.ics"},
        }
    )
    assert found == [
        *("FA6", "7A93", "7A93", "0006871123", "4711"),
        "https://example.com/private-abc/basic.ics",
    ]
    assert shown == {
        "terminal": {"pin": GONE, "host": "10.0.0.7", "token_file": "credential:offhook.token"},
        "buttons": {"call": {"pin": "BOARD13", "press": f"join 200@example.com {GONE}"}},
        "readers": {"badge": {"codes": {f"{GONE} 1": "hang_up"}}},
        "share": {"clients": {"crestron": {"pin": GONE, "role": "user"}}},
        "calendar": {"ics": GONE},
    }


def test_files_of_secrets_are_found_and_sounds_are_not() -> None:
    document = {
        "terminal": {"pin_file": "/a"},
        "panel": {"certificate": "/b", "key": "credential:key"},
        "tones": {"ring_file": "/ring.wav"},
    }
    assert list(files_of(document)) == ["/a", "credential:key"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("pin=FA6 reason=wrong", f"pin={GONE} reason=wrong"),
        ("BUFFA6LO", "BUFFA6LO"),
        ('{"password": "mind \\"the\\" gap"}', f'{{"password": "{GONE}"}}'),
        ("/login?p=mind%20%22the%22%20gap", f"/login?p={GONE}"),
        ('xmind "the" gapx', f"x{GONE}x"),
        ("Authorization: Bearer abcdefgh.ijkl", f"Authorization: Bearer {GONE}"),
        ("mqtt://user:hunter2@broker", f"mqtt://{GONE}@broker"),
        ("a\n-----BEGIN EC PRIVATE KEY-----\nMHcC\n-----END EC PRIVATE KEY-----\nb", f"a\n{GONE}\nb"),
        ("-----BEGIN PRIVATE KEY-----\nMHcC", GONE),
    ],
)
def test_secrets_are_taken_out_of_texts(text: str, left: str) -> None:
    assert Scrubber(["FA6", 'mind "the" gap', ""]).text(text) == left


@given(st.lists(st.text(min_size=8, max_size=30)), st.text(max_size=50), st.text(max_size=50))
def test_whatever_a_long_secret_is_it_is_gone(secrets: list[str], before: str, after: str) -> None:
    scrub = Scrubber(secrets)
    for secret in secrets:
        if len(secret.splitlines()) == 1 and secret.strip() == secret and secret not in GONE:
            assert secret not in scrub.text(f"{before} {secret} {after}").replace(GONE, "")
