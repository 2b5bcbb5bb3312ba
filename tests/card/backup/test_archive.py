"""Files in an archive: each comes back, and none can leave its place."""

import io
import tarfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.card.backup.archive import MOST, Kept, pack, unpack
from appliance.card.backup.places import BOX_OWN, PLACES, belongs, place_of
from appliance.card.backup.refused import Refused
from appliance.runtime.atomic import LARGEST

ROOM = "etc/offhook/room.toml"


def tar(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as made:
        for info, content in members:
            info.size = info.size or len(content)
            made.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def info(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.linkname = kind, link
    return made


def test_what_is_packed_is_unpacked() -> None:
    files = (
        Kept(ROOM, b"x", 0o640),
        Kept("boot/room.toml", b"", 0o600),
        Kept("var/lib/offhook/presets-Кафедра.json", b"\0" * 1000, 0o600),
        Kept("etc/credstore/offhook.share.office", b"secret\n", 0o600),
    )
    assert unpack(pack(files)) == files
    assert "secret" not in repr(files)


@pytest.mark.parametrize(
    "path",
    [
        *("/etc/offhook/room.toml", "etc/offhook/../passwd", "etc/offhook/./room.toml", "../etc/offhook/room.toml"),
        *(
            "etc/passwd",
            "etc/offhook",
            "etc/offhook/",
            "etc/offhook//x",
            "etc/credstore/other.pin",
            "boot/config.txt",
            "boot/../x.pem",
            "boot//x.pem",
        ),
        *("etc/credstore/offhook.x/y", "etc/offhook/a\nb", "etc/offhook/a\\b", "etc/offhook/" + "x" * 240, "boot"),
        *("etc/offhook/a/b/c/d/e", "etc/machine-id", "etc/ssh/ssh_host_ed25519_key", "var/lib/offhook-card/stamp"),
        *("var/lib/offhook/.presets.json.new", "var/lib/offhook/presets.bad", "var/lib/offhook/update.json", ""),
    ],
)
def test_a_path_cannot_leave_its_place(path: str) -> None:
    with pytest.raises(Refused, match="damaged"):
        place_of(path)
    with pytest.raises(Refused, match="damaged"):
        unpack(tar((info(ROOM), b"x"), (info(path), b"x")))


@given(st.text(alphabet="ab./\\\0\n-", max_size=30))
@settings(max_examples=500)
def test_an_allowed_path_is_below_its_place(tail: str) -> None:
    for place in PLACES:
        path = f"{place.folder}/{tail}"
        try:
            found = place_of(path)
        except Refused:
            continue
        assert found is place
        assert ".." not in path.split("/")
        assert belongs(path)


@pytest.mark.parametrize(
    "member",
    [
        info(ROOM, tarfile.SYMTYPE, "/etc/shadow"),
        info(ROOM, tarfile.LNKTYPE, "etc/shadow"),
        info(ROOM, tarfile.CHRTYPE),
        info(ROOM, tarfile.FIFOTYPE),
        info(ROOM, tarfile.DIRTYPE),
    ],
    ids=["link", "hard link", "device", "pipe", "folder"],
)
def test_only_plain_files_are_taken(member: tarfile.TarInfo) -> None:
    with pytest.raises(Refused, match="damaged"):
        unpack(tar((member, b"")))


def test_a_path_that_is_there_twice() -> None:
    with pytest.raises(Refused, match="damaged"):
        unpack(tar((info(ROOM), b"x"), (info(ROOM), b"y")))


def test_sizes_have_bounds() -> None:
    with pytest.raises(Refused, match=r"etc/offhook/room.toml is larger than 1 MiB"):
        pack([Kept(ROOM, bytes(LARGEST + 1), 0o600)])
    with pytest.raises(Refused, match="more than 2000 files"):
        pack([Kept(f"etc/offhook/{number}", b"", 0o600) for number in range(MOST + 1)])
    with pytest.raises(Refused, match="damaged"):
        unpack(tar((info(ROOM), bytes(LARGEST + 1))))


@pytest.mark.parametrize("cut", [1, 100, 512, 600])
def test_an_archive_that_ends_early(cut: int) -> None:
    whole = pack([Kept(ROOM, b"x" * 700, 0o640)])
    with pytest.raises(Refused, match="damaged"):
        unpack(whole[:512] + whole[512 : 512 + 700 - cut])


@given(st.binary(max_size=2000), st.integers(0, 511))
@settings(max_examples=200)
def test_whatever_bytes_there_are_they_are_refused_or_files_in_their_places(content: bytes, at: int) -> None:
    whole = pack([Kept(ROOM, b"x", 0o640)])
    for bytes_ in (content, whole[:at] + content + whole[at + len(content) :]):
        try:
            files = unpack(bytes_)
        except Refused:
            continue
        for file in files:
            place_of(file.path)
            assert len(file.content) <= LARGEST


def test_what_is_the_boxs_own_has_names() -> None:
    assert all(pattern.startswith("var/lib/offhook/") for pattern in BOX_OWN)


def test_permissions_and_owners_are_those_of_the_place(tmp_path_factory: Callable[[], None]) -> None:
    assert {(place.folder, place.owner, place.group, place.most) for place in PLACES} == {
        ("etc/offhook", "root", "offhook", 0o644),
        ("etc/credstore", "root", "root", 0o600),
        ("var/lib/offhook", "offhook", "offhook", 0o600),
    }
