"""A box and its repository: signed files over real HTTPS, waves, and what is done by itself."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import trio

from appliance.card.update import repository, settings
from appliance.card.update.box import Box
from appliance.card.update.channel import Unbelievable
from appliance.card.update.command import Failed
from appliance.card.update.plan import Step
from appliance.card.update.service import by_hand, scheduled
from appliance.card.update.state import Stage, Target, changed
from appliance.card.update.updater import Updater
from appliance.config.update import UpdateConfig
from appliance.room.update import UpdatePhase
from appliance.runtime.fetch import Way
from tests.card.update.conftest import Card, needs_openssl, needs_rauc
from tests.card.update.keys import NOW, Signer, listed
from tests.runtime.https_server import Authority, Said, answer

pytestmark = [needs_openssl, needs_rauc]
ALWAYS = "00:00-23:59"


class Restarted(BaseException):
    """The box restarts: nothing runs after it."""


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tls") / "authority")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands still at noon; nothing is really restarted or mounted."""

    async def restart(_updater: Updater) -> None:
        await trio.lowlevel.checkpoint()
        raise Restarted

    async def fits(_device: Path) -> None:
        await trio.lowlevel.checkpoint()

    monkeypatch.setattr(repository, "AGAIN", 0)
    monkeypatch.setattr(Box, "time", NOW)
    monkeypatch.setattr(Updater, "_restart", restart)
    monkeypatch.setattr(settings, "fits", fits)


class Repository:
    """A server with one channel."""

    def __init__(self, signer: Signer, found: Path, folder: Path) -> None:
        self.said = Said()
        self.url = ""
        self._signer = signer
        self._found = found
        self._folder = folder

    def publish(self, version: str = "9.2.0", signer: Signer | None = None, **more: Any) -> None:
        content = listed(self._found, version, **more)
        signed = (signer or self._signer).sign(content, self._folder)
        self.said.answers = {
            "/r/channels/stable.json": answer(content),
            "/r/channels/stable.json.sig": answer(signed),
            f"/r/bundles/offhook_{version}_arm64.raucb": answer(self._found.read_bytes()),
        }

    @property
    def asked(self) -> list[str]:
        return [head.split(" ")[1].removeprefix("/r/") for head in self.said.heads]


@pytest.fixture
async def server(
    nursery: trio.Nursery, authority: Authority, maintainer: Signer, bundles: Mapping[str, Path], tmp_path: Path
) -> Repository:
    made = Repository(maintainer, bundles["new"], tmp_path)
    made.publish()
    made.url = f"https://localhost:{await nursery.start(made.said.https, authority.server())}/r/"
    return made


@pytest.fixture
def config(server: Repository) -> UpdateConfig:
    return UpdateConfig(url=server.url, automatic=True, window=ALWAYS)


def made(card: Card, config: UpdateConfig, authority: Authority, running: str = "0.1.0") -> Updater:
    return Updater(card.kept, card.box, config, running, Way(authorities=authority.certificate))


async def test_a_box_renews_itself(card: Card, server: Repository, config: UpdateConfig, authority: Authority) -> None:
    with pytest.raises(Restarted):
        await scheduled(made(card, config, authority), config, None)
    assert server.asked == ["channels/stable.json", "channels/stable.json.sig", "bundles/offhook_9.2.0_arm64.raucb"]
    assert card.calls() == ["install", "status mark-active other"]
    assert card.state.serials == {"stable": 7}


async def test_unless_it_is_to_be_asked(card: Card, config: UpdateConfig, authority: Authority) -> None:
    shy = UpdateConfig(url=config.url)
    assert await scheduled(made(card, shy, authority), shy, None) is Step.NOTHING
    assert (card.state.told.wanted, card.state.told.phase) == ("9.2.0", UpdatePhase.OFFERED)
    assert card.calls() == []
    with pytest.raises(Restarted):
        await scheduled(made(card, shy, authority), shy, "install")


async def test_it_asks_once_a_day_where_nothing_is_automatic(
    card: Card, server: Repository, config: UpdateConfig, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    shy = UpdateConfig(url=config.url)
    monkeypatch.setattr("appliance.card.update.service.time.time", lambda: NOW.timestamp() + 3600)
    await scheduled(made(card, shy, authority), shy, None)
    await scheduled(made(card, shy, authority), shy, None)
    assert len(server.asked) == 2
    monkeypatch.setattr("appliance.card.update.service.time.time", lambda: NOW.timestamp() + 80_000)
    await scheduled(made(card, shy, authority), shy, None)
    assert len(server.asked) == 4


async def test_its_wave_has_to_have_begun(
    card: Card, server: Repository, config: UpdateConfig, authority: Authority
) -> None:
    server.publish(waves=[{"begins": NOW, "percent": 0}, {"begins": NOW + timedelta(days=1), "percent": 100}])
    assert await scheduled(made(card, config, authority), config, None) is Step.NOTHING
    assert card.state.told.wanted == ""
    with pytest.raises(Restarted):
        await by_hand(made(card, config, authority), config, None, older=False, at_once=False)


async def test_a_version_that_came_back_is_not_tried_again_unless_asked_for(
    card: Card, config: UpdateConfig, authority: Authority
) -> None:
    card.kept.save(changed(card.state, bad={"9.2.0": 1}))
    assert await scheduled(made(card, config, authority), config, None) is Step.NOTHING
    with pytest.raises(Restarted):
        await scheduled(made(card, config, authority), config, "install")


async def test_the_newest_box_has_nothing_to_do(card: Card, config: UpdateConfig, authority: Authority) -> None:
    assert await scheduled(made(card, config, authority, "9.2.0"), config, "install") is Step.NOTHING
    assert card.calls() == []


async def test_a_box_that_is_too_old_says_what_comes_first(
    card: Card, server: Repository, config: UpdateConfig, authority: Authority
) -> None:
    server.publish(least="5.0.0")
    with pytest.raises(Failed, match=r"9\.2\.0 can follow 5\.0\.0 or later only"):
        await scheduled(made(card, config, authority), config, None)


async def test_a_channel_of_somebody_else_is_not_believed(
    card: Card, server: Repository, config: UpdateConfig, authority: Authority, stranger: Signer
) -> None:
    server.publish(signer=stranger)
    with pytest.raises(Unbelievable, match="nobody trusted has signed it"):
        await scheduled(made(card, config, authority), config, None)
    assert card.state.serials == {}
    assert len(server.asked) == 4, "it asks once more: somebody may be publishing"


async def test_an_older_channel_is_not_played_to_it_again(
    card: Card, server: Repository, config: UpdateConfig, authority: Authority
) -> None:
    shy = UpdateConfig(url=config.url)
    server.publish(serial=9)
    await made(card, shy, authority).look()
    server.publish(serial=8)
    with pytest.raises(Unbelievable, match="number 8, older than one seen before, 9"):
        await made(card, shy, authority).look()
    server.publish(serial=9)
    await made(card, shy, authority).look()


async def test_a_bundle_that_is_not_the_one_that_was_listed_is_refused(
    card: Card, server: Repository, config: UpdateConfig, authority: Authority
) -> None:
    content = server.said.answers["/r/bundles/offhook_9.2.0_arm64.raucb"]
    server.said.answers["/r/bundles/offhook_9.2.0_arm64.raucb"] = content[:-1] + b"x"
    with pytest.raises(Failed, match="not what it should be"):
        await scheduled(made(card, config, authority), config, None)
    assert card.calls() == []
    assert card.state.stage is Stage.WANTED


async def test_a_newer_version_takes_the_place_of_one_that_is_on_its_way(
    card: Card, server: Repository, config: UpdateConfig, authority: Authority
) -> None:
    box = made(card, config, authority)
    await box.want(Target("9.1.0", f"{server.url}bundles/offhook_9.1.0_arm64.raucb", 5, "0" * 64))
    with pytest.raises(Restarted):
        await scheduled(box, config, None)
    assert card.state.target is not None
    assert card.state.target.version == "9.2.0"


async def test_before_the_time_is_known_nothing_is_asked(
    card: Card, server: Repository, config: UpdateConfig, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Box, "time", None)
    with pytest.raises(Failed, match="no time server has told the time yet"):
        await scheduled(made(card, config, authority), config, None)
    assert server.asked == []


async def test_what_the_server_says_is_said(
    card: Card, server: Repository, config: UpdateConfig, authority: Authority
) -> None:
    server.said.answers = {}
    with pytest.raises(Failed, match=r"stable\.json: HTTP 404"):
        await scheduled(made(card, config, authority), config, None)
