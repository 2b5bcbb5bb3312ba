"""Reading part by part, and taking secrets out: of files as people write them."""

import string
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.card.secrets import secrets_in, without
from appliance.config.content import LARGEST_FILE
from appliance.config.machine import Card
from appliance.config.reading import read_parts, text_of
from tests.card.conftest import KEY, ROOM

NOWHERE = Path("/nowhere")
CAMERAS = (
    '[cameras.back]\nline = "tcp://192.0.2.1"\nnumber = {}\n'
    '[buttons.left]\npin = 23\npress = "camera left"\ncamera = "back"\n'
)

SECRET = st.text(string.ascii_letters + string.digits + "#[]{}=,'\" \\", min_size=8, max_size=20).filter(
    lambda text: text.strip() == text
)
COMMENT = st.sampled_from(["", "  # mine", ' # pin = "FA6"', "\t#[network]", "# (kept)", "#'''"])
END = st.sampled_from(["\n", "\r\n"])
BEFORE = st.sampled_from(
    ["", "# [terminal]", "   ", '# pin = "old"', "#\u0416", "hardware = 'pi'", 'log = {level = "info"}']
)
NOISE = st.sampled_from(
    [
        "[lamps.link]\npin = 5",
        "[buttons.x]\npin = [",
        "what is this",
        "[broken",
        '[log]\nlevel = """x',
        "[room]",
        "= 1",
        "'",
        '"""',
        "{",
        "[[x]]",
    ]
)


def quoted(secret: str, kind: str) -> str:
    if kind == "'" and "'" not in secret:
        return f"'{secret}'"
    if kind == "'''" and "'" not in secret:
        return f"'''{secret}'''"
    basic = secret.replace("\\", "\\\\").replace('"', '\\"')
    return f'"""\n{basic}"""' if kind == '"""' else f'"{basic}"'


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, str, str]:
    """A document, one of its secrets, and the same document as it is to become."""
    secret, end = draw(SECRET), draw(END)
    written = quoted(secret, draw(st.sampled_from(['"', "'", '"""', "'''"]))).replace("\n", end)
    key = draw(st.sampled_from(["pin", '"pin"', "'pin'", "  pin  "]))
    form = draw(
        st.sampled_from(
            [
                '[terminal]\nhost = "192.0.2.1"\nKEY = VALUE',
                '[terminal]\nKEY = VALUE\nhost = "192.0.2.1"',
                '["terminal"]\nhost = "VALUELESS"\nKEY=VALUE',
                'terminal.host = "x"\nterminal . KEY = VALUE',
                'terminal = { host = "pin", KEY = VALUE }',
            ]
        )
    ).replace("\n", draw(COMMENT).join(["", ""]) + end)
    top = draw(BEFORE)
    tail = (
        end
        + draw(BEFORE.filter(lambda line: line.lstrip().startswith("#") or not line.strip()))
        + end
        + "[room]"
        + end
        + 'name = "n"'
    )
    before = top + end if form.startswith("terminal") or not top.startswith(("hardware", "log")) else ""
    template = before + form + draw(COMMENT) + tail + draw(st.sampled_from(["", end]))
    template = template.replace("KEY", key)
    return (
        template.replace("VALUELESS", "x").replace("VALUE", written),
        secret,
        template.replace("VALUELESS", "x").replace("VALUE", '"(kept)"'),
    )


@given(documents())
def test_a_secret_is_taken_out_and_nothing_else_is_touched(made: tuple[str, str, str]) -> None:
    text, secret, wanted = made
    reading = read_parts(text.encode(), NOWHERE)
    assert reading.mistakes == ()
    secrets = tuple(secrets_in(reading.document))
    assert [one.value for one in secrets] == [secret]
    assert "".join(without(reading, secrets)) == wanted


@pytest.mark.slow
@given(st.lists(NOISE | st.just(ROOM) | st.just(f'[ssh]\nkeys = ["{KEY}"]') | st.text(max_size=30), max_size=8), END)
def test_anything_is_read_and_only_whole_parts_are_used(pieces: list[str], end: str) -> None:
    reading = read_parts(end.join(pieces).encode(errors="surrogatepass"), NOWHERE)
    assert "".join(reading.lines).count("\n") + 1 == len(reading.owners) or not reading.lines
    if reading.lines:
        usable = text_of(reading.lines, reading.owners, reading.wrong, reading.unreadable)
        assert tomllib.loads(usable) == reading.document
    assert (reading.config is None) <= bool(reading.mistakes)


@given(st.binary(max_size=200))
def test_any_bytes_are_read(content: bytes) -> None:
    assert read_parts(content, NOWHERE).mistakes


def test_a_table_that_is_there_twice_is_not_used_at_all() -> None:
    reading = read_parts((ROOM + "[time]\nzone = 'UTC'\n[log]\n[time]\nservers = []\n").encode(), NOWHERE)
    assert reading.card == Card()
    assert [(mistake.line, mistake.key) for mistake in reading.mistakes] == [(8, "time")]
    assert reading.config is not None


def test_what_needs_a_part_that_is_wrong_goes_with_it() -> None:
    assert read_parts((ROOM + CAMERAS.format(2)).encode(), NOWHERE).mistakes == ()
    reading = read_parts((ROOM + CAMERAS.format(99)).encode(), NOWHERE)
    assert [(mistake.line, mistake.key) for mistake in reading.mistakes] == [
        (7, "cameras.back.number"),
        (11, "buttons.left.camera"),
    ]
    assert reading.config is not None
    assert (reading.config.cameras, reading.config.buttons) == ({}, {})


@pytest.mark.parametrize(
    ("broken", "key"),
    [
        ("keys = [\n  'ssh-ed25519 AAAA\n", "ssh.keys"),
        ('keys = """\n', "ssh.keys"),
        ("keys = [\n", "ssh.keys"),
        ("keys = { a = [\n", "ssh.keys"),
        ("keys = '\n", "ssh.keys"),
        ("keys\n", "ssh"),
        ("= 5\n", "ssh"),
    ],
)
def test_what_stands_after_a_broken_table_is_used(broken: str, key: str) -> None:
    reading = read_parts(f"[ssh]\n{broken}[network]\naddress = '10.0.0.7/8'\n{ROOM}".encode(), NOWHERE)
    assert [(mistake.line, mistake.key) for mistake in reading.mistakes] == [(2, key)]
    assert reading.config is not None
    assert reading.card.network is not None
    assert reading.card.ssh is None


def test_a_broken_line_above_all_tables_costs_what_stands_with_it() -> None:
    reading = read_parts(f'network.address = "10.0.0.7/8"\nMy room\n{ROOM}'.encode(), NOWHERE)
    assert reading.card.network is None
    assert reading.config is not None
    assert [mistake.line for mistake in reading.mistakes] == [2]


@pytest.mark.slow
def test_a_large_file_of_nonsense_is_read_in_time() -> None:
    content = b"a = [\n" * (LARGEST_FILE // 6)
    assert len(read_parts(content, NOWHERE).mistakes) == 3  # the first line, and no room, no terminal
