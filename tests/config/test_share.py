"""`[share]`: what it takes, what it refuses, and what becomes of its secrets."""

from pathlib import Path

import pytest

from appliance.config.load import parse
from appliance.config.share import ShareClient, ShareConfig
from tests.config.test_schema import ROOM, mistakes

LISTEN = 'listen = "0.0.0.0:8765"\n'
ALLOW = 'allow = ["192.0.2.0/24"]\n'
WEAK = "is easily guessed; expected"


def room(share: str = LISTEN + ALLOW, client: str = 'role = "admin"\npassword = "mind the gap"') -> str:
    """A room with one client; `[share]` is on line 5."""
    return f"{ROOM}[share]\n{share}[share.clients.board]\n{client}\n"


def test_the_least_that_sharing_needs() -> None:
    config = parse(room(), Path("room.toml"))
    assert config.share == ShareConfig(
        listen="0.0.0.0:8765",
        allow=("192.0.2.0/24",),
        clients={"board": ShareClient(role="admin", password="mind the gap")},
    )
    assert parse(ROOM, Path("room.toml")).share is None


@pytest.mark.parametrize(
    ("share", "mistake"),
    [
        (ALLOW, "5: share: expected `listen`, `listen_tls` or both"),
        (LISTEN, "5: share.allow: is missing"),
        (LISTEN + "allow = []\n", "7: share.allow: is empty"),
        (LISTEN + 'allow = ["anybody"]\n', "7: share.allow: `anybody`: expected an address or a network such as"),
        (ALLOW + 'listen = "8765"\n', "7: share.listen: `8765` is not an address to listen on; expected HOST:PORT"),
        (ALLOW + 'listen = ":8765"\n', "7: share.listen: `:8765`: no address before the colon"),
        (ALLOW + 'listen = "[::]:80"\n', "7: share.listen: port 80 needs a privilege"),
        (ALLOW + 'listen_tls = "[::]:8767"\n', "7: share.listen_tls: `listen_tls` needs `certificate` and `key`"),
        (
            ALLOW + 'listen_tls = "[::]:443"\ncertificate = "c"\nkey = "k"\n',
            "7: share.listen_tls: port 443 needs a privilege",
        ),
        (ALLOW + LISTEN + 'certificate = "c"\n', "8: share.certificate: `certificate` needs `key` beside it"),
        (ALLOW + LISTEN + 'certificate = "c"\nkey = "k"\n', "8: share.certificate: nobody is shown this certificate"),
        (
            ALLOW + LISTEN + 'listen_tls = "0.0.0.0:8765"\ncertificate = "c"\nkey = "k"\n',
            "8: share.listen_tls: `listen` has this address already",
        ),
    ],
)
def test_a_mistake_of_the_table(share: str, mistake: str) -> None:
    (found,) = mistakes(room(share))
    assert found.startswith(f"room.toml:{mistake}")


@pytest.mark.parametrize(
    ("client", "mistake"),
    [
        ('role = "guest"\npin = "471100"', "9: share.clients.board.role: 'guest' is none of the possible values"),
        ('pin = "471100"', "8: share.clients.board.role: is missing"),
        ('role = "read"', "8: share.clients.board: expected exactly one of pin, password, token, pin_file"),
        (
            'role = "read"\npin = "471100"\ntoken_file = "/t"',
            "8: share.clients.board: expected exactly one of pin, password, token, pin_file",
        ),
        ('role = "read"\npin = ""', "10: share.clients.board.pin: `pin`: expected the secret itself"),
        ('role = "read"\npin = "(kept)"', "10: share.clients.board.pin: '(kept)', but this machine keeps none"),
        ('role = "read"\npin = "FA6"', f"10: share.clients.board.pin: `pin` {WEAK} 6 characters or more"),
        ('role = "read"\npin = "00000000"', f"10: share.clients.board.pin: `pin` {WEAK} 6 characters or more"),
        ('role = "read"\npassword = "secret"', f"10: share.clients.board.password: `password` {WEAK} 8 characters"),
        ('role = "read"\ntoken = "0123456789"', f"10: share.clients.board.token: `token` {WEAK} 16 characters"),
        (
            'role = "read"\npower = true\npin = "471100"',
            "10: share.clients.board.power: `power` is for the roles `admin` and `user`",
        ),
        (
            (
                'role = "read"\npin = "471100"\n[share.clients.other]\nrole = "user"\npassword = "mind the gap"\n'
                '[share.clients.third]\nrole = "user"\npassword = "mind the gap"'
            ),
            "16: share.clients.third.password: other has the same secret",
        ),
    ],
)
def test_a_mistake_of_a_client(client: str, mistake: str) -> None:
    (found,) = mistakes(room(client=client))
    assert found.startswith(f"room.toml:{mistake}")


def test_listening_for_nobody() -> None:
    assert mistakes(f"{ROOM}[share]\n{LISTEN}{ALLOW}[share.clients]\n") == [
        "room.toml:8: share.clients: nobody could come in; expected a table [share.clients.NAME]"
    ]


@pytest.mark.parametrize("name", ["", "a\\nb", "x" * 31, " a", "\\u202e"])
def test_a_name_that_no_display_shows(name: str) -> None:
    text = f'{ROOM}[share]\n{LISTEN}{ALLOW}[share.clients."{name}"]\nrole = "read"\npin = "471100"\n'
    (found,) = mistakes(text)
    assert "is not a name for a client; expected up to 30 letters" in found


def test_a_secret_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "password"
    text = room(client=f'role = "user"\npassword_file = "{file}"')
    assert mistakes(text) == [
        f"room.toml:10: share.clients.board.password_file: password_file = '{file}': No such file or directory"
    ]
    assert parse(text, Path("room.toml"), None).share is not None  # elsewhere, nobody can look
    file.write_text("secret\n")
    (found,) = mistakes(text)
    assert f"`password_file` {WEAK} 8 characters" in found
    assert "secret" not in found.replace("secret itself", "")
    file.write_text("mind the gap\n")
    share = parse(text, Path("room.toml")).share
    assert share is not None
    assert share.clients["board"].secret("board") == "mind the gap"


def test_no_secret_is_shown() -> None:
    config = parse(room(), Path("room.toml"))
    assert "mind" not in repr(config)
