"""`offhook check` looks at the files beside `room.toml` before the card is in the box."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner

from appliance.cli.main import main
from tests.card.conftest import ROOM, Box
from tests.card.network.test_eap import TLS


def checked(box: Box, *options: str) -> tuple[int, list[str]]:
    result = CliRunner().invoke(main, ["check", *options, str(box.file)])
    return result.exit_code, result.stderr.replace(str(box.file), "FILE").splitlines()


@pytest.mark.parametrize(
    ("files", "code", "said"),
    [
        ({"ca_pem": "ca.pem", "box_pem": "box.pem", "box_key": "box.key"}, 0, []),
        (
            {"ca_pem": "ca.pem", "box_pem": "box.pem"},
            0,
            ["FILE: warning: line 11: network.eap.key: there is no file `box.key` beside room.toml, and this box has"],
        ),
        (
            {"ca_pem": "ca.pem", "box_pem": "other.pem", "box_key": "box.key"},
            2,
            ["FILE:11: network.eap.key: `certificate` and `key` do not belong together"],
        ),
        ({"box_pem": "box.pem"}, 2, ["FILE:8: network.eap.ca: there is no file `ca.pem` beside room.toml"]),
    ],
)
def test_what_the_box_would_say_is_said_before(
    enterprise: Callable[..., Box], files: dict[str, str], code: int, said: list[str]
) -> None:
    box = enterprise(**files)
    box.file.write_text(ROOM + TLS)
    found, lines = checked(box)
    assert found == code
    assert len(lines) == len(said)
    assert all(line.startswith(begin) for line, begin in zip(lines, said, strict=True))


def test_elsewhere_what_is_not_there_yet_is_no_mistake(enterprise: Callable[..., Box]) -> None:
    box = enterprise()
    box.file.write_text(ROOM + TLS)
    assert checked(box, "--off-box") == (0, [])


def test_a_wrong_authority_is_said(enterprise: Callable[..., Box]) -> None:
    box = enterprise(ca_pem="box.pem")
    box.file.write_text(ROOM + '[network]\nca = ["ca.pem"]\n')
    assert checked(box, "--off-box") == (
        2,
        ["FILE:6: network.ca: ca: the certificate in this file is not that of an authority (CA)"],
    )
