"""A box as files, with a deputy whose machine is a list of what was asked of it and a clock that stands."""

from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.config.edit.proposal import mark_of
from appliance.deputy.answering import answered
from appliance.deputy.machine import Moment
from appliance.deputy.outcome import Outcome
from appliance.deputy.place import ROOM, Place
from appliance.deputy.requests import Answer, Configure, File, Read, Request
from appliance.deputy.settling import settle

OLD = """\
# the room that is
[terminal]
host = "192.0.2.10"
pin = "OLD1"
[room]
name = "Neptune"
"""
NEW = OLD.replace("Neptune", "Saturn")


class Machine:
    """Does at once what systemd would do, and notes it; `fails`: the verbs that it refuses."""

    def __init__(self) -> None:
        self.place: Place | None = None
        self.at = Moment("first", 1000.0)
        self.did: list[str] = []
        self.fails: set[str] = set()

    def now(self) -> Moment:
        return self.at

    def later(self, seconds: float) -> None:
        self.at = Moment(self.at.boot, self.at.seconds + seconds)

    def restarted(self) -> None:
        self.at = Moment(f"after {self.at.boot}", 5.0)

    def settle(self) -> None:
        self._note("settle")
        assert self.place is not None
        settle(self.place)

    def arm(self, seconds: float) -> None:
        self._note(f"arm {seconds:g}")

    def disarm(self) -> None:
        self._note("disarm")

    def reload(self) -> None:
        self._note("reload")

    def begin_anew(self) -> None:
        self._note("begin anew")

    def reboot(self) -> None:
        self._note("reboot")

    def journal(self) -> bytes:
        return b"a line\n"

    def _note(self, what: str) -> None:
        self.did.append(what)
        if what.split(maxsplit=1)[0] in self.fails:
            raise OSError(5, f"no {what}")


class Box:
    """A box below a folder. `card`: its truth is on a boot partition."""

    def __init__(self, folder: Path, *, card: bool = False) -> None:
        self.root, boot = folder / "root", folder / "boot"
        self.machine = Machine()
        (self.root / "etc/offhook").mkdir(parents=True)
        (self.root / ROOM).write_text(OLD)
        if card:
            boot.mkdir()
            (boot / "room.toml").write_text(OLD)
            (self.root / "etc/credstore").mkdir()
        self.place = self.machine.place = Place(self.machine, self.root, boot)

    @property
    def text(self) -> str:
        return self.place.file.read_text()

    def outcome(self, request: Request, content: bytes = b"") -> Outcome:
        return answered(self.place, request, content)

    def ask(self, request: Request) -> Answer:
        return self.outcome(request).answer

    def read(self) -> File:
        answer = self.ask(Read())
        assert isinstance(answer, File)
        return answer

    def configure(self, text: str, mark: str | None = None) -> Answer:
        return self.ask(Configure(text, mark_of(self.text) if mark is None else mark, "maintainer"))

    def left(self) -> set[str]:
        """What the deputy has noted."""
        return {path.name for path in self.place.state.glob("*.json")}


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path)


@pytest.fixture
def card(tmp_path: Path) -> Box:
    return Box(tmp_path, card=True)


@pytest.fixture
def boxes(tmp_path: Path) -> Callable[[str], Box]:
    return lambda name: Box(tmp_path / name)
