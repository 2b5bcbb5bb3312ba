"""Signatures, against the specification's own example and openssl."""

import base64
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.hooks.signature import MOST, Keys, headers, keys_in
from appliance.language.text import Unusable
from tests.hooks.receiver import Request, signed_by

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = "whsec_" + base64.b64encode(bytes(range(64))).decode()


def test_the_example_of_the_reference_libraries() -> None:
    """All of them have it among their tests."""
    made = headers(keys_in("", SECRET), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert made == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_while_secrets_change_both_fit() -> None:
    keys = keys_in("", f"# since November\n{OTHER}\n\n  {SECRET}  \n")
    request = Request("", headers(keys, "a1", 1800000000, b"{}"), b"{}", 0)
    assert request.headers["webhook-signature"].count("v1,") == 2
    assert signed_by(request, SECRET)
    assert signed_by(request, OTHER)
    assert not signed_by(request._replace(body=b"{ }"), SECRET)
    assert not signed_by(request, "whsec_" + base64.b64encode(b"x" * 31 + b"y").decode())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "without a secret"),
        ("# none yet\n", "without a secret"),
        (f"{SECRET}\n" * (MOST + 1), "more than 4"),
        (f"{SECRET}\nwhsec_tooshort", "line 2 is not a secret"),
        ("whsec_" + base64.b64encode(b"x" * 65).decode(), "line 1"),
        ("whsec_" + base64.b64encode(bytes(24)).decode(), "line 1"),
        ("correct horse battery staple of 32", "line 1"),
    ],
)
def test_what_is_no_secret_is_refused_and_not_said(text: str, words: str) -> None:
    with pytest.raises(Unusable, match=words) as wrong:
        keys_in("secret_file", text)
    assert wrong.value.key == "secret_file"
    assert "horse" not in str(wrong.value)


def test_keys_are_in_no_repr() -> None:
    assert repr(keys_in("", SECRET)) == "Keys(1)"


@given(st.text())
def test_any_text_is_keys_or_refused(text: str) -> None:
    try:
        keys = keys_in("secret_file", text)
    except Unusable:
        return
    assert isinstance(keys, Keys)
    assert all(24 <= len(key) <= 64 for key in keys.each)
