"""What a box says, as lines for people."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from appliance.api.about import About
    from appliance.api.client.items import Told
    from appliance.api.devices import Devices
    from appliance.api.file import ConfigurationVersions
    from appliance.api.health import Health
    from appliance.api.looked import Seen, TimeOfDay
    from appliance.api.settings import TerminalSetting, TerminalSettings
    from appliance.api.tried import TryParts
    from appliance.panel.view import Meeting

UNKNOWN = "-"


def view_rows(seen: "Seen") -> Iterator[tuple[str, str]]:
    """Yields what stands out of a room; a dash is what the terminal has not confirmed."""
    view = seen.view
    yield "room", view.room
    yield "link", view.link.value
    yield "phase", view.phase.value
    yield "with", UNKNOWN if view.call is None else view.call.who or UNKNOWN
    yield "for", _duration(seen)
    yield "microphone", _muted(view.mic_muted)
    yield "loudspeaker", _muted(view.audio_muted)
    yield "camera", _muted(view.video_muted)
    yield "volume", UNKNOWN if view.volume is None else f"{view.volume} %"
    yield "door", view.door
    yield "meeting", _meeting(view.meetings.now, seen.clock)
    yield "next", _meeting(view.meetings.next, seen.clock)
    if view.says or view.asked:
        yield "says", view.says or view.asked


def health_rows(health: "Health") -> Iterator[tuple[str, ...]]:
    """Yields each service, with how long it has been so."""
    yield "SERVICE", "IS", "SINCE", "FAILURES", "WHY"
    yield "(link)", health.link.value, "", "", health.reason
    for each in health.services:
        yield each.name, each.condition.value, _span(each.seconds), str(each.failures), each.reason


def part_rows(found: "TryParts") -> Iterator[tuple[str, ...]]:
    """Yields each part that can be tried, with its ways."""
    yield "PART", "SURE", "HOW"
    for each in found.parts:
        yield each.part, "--sure" if each.asks else "", ", ".join(way.how for way in each.ways)


def device_rows(devices: "Devices") -> Iterator[tuple[str, ...]]:
    """Yields each device, with how long it has been so, and then hardware that room.toml does not name."""
    yield "KIND", "NAME", "IS", "SINCE", "ON", "WHY"
    for each in devices.devices:
        on = "" if each.is_on is None else _short(each.is_on)
        yield each.kind, each.name, each.condition.value, _span(each.seconds), on, each.reason
    for spare in devices.hardware:
        if not spare.used_by:
            yield spare.kind, spare.name or spare.path, "not used", "", "", spare.trouble or f"for: {spare.use}"


def setting_rows(found: "TerminalSettings") -> Iterator[tuple[str, ...]]:
    """Yields each setting of the terminal; a dash is what it has not confirmed."""
    yield "NAME", "VALUE", "MAY BE", "SAYS"
    for each in found.settings:
        asked = "" if each.asked is None else f"asked for {_word(each.asked)}"
        says = "; ".join(filter(None, (asked, each.said, each.why, each.remark)))
        yield each.name, _word(each.value), _may_be(each), says


def _may_be(setting: "TerminalSetting") -> str:
    if not setting.may:
        return UNKNOWN
    if setting.kind == "switch":
        return "on, off"
    if setting.kind == "level":
        return f"{setting.least} to {setting.most}"
    return ", ".join(str(each.value) for each in setting.options)


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return UNKNOWN if value is None else str(value)


def version_rows(about: "About") -> Iterator[tuple[str, str]]:
    """Yields what a box is."""
    yield "room", about.room
    yield "firmware", about.firmware
    yield "machine", about.machine or UNKNOWN
    yield "interface", about.api


def told_line(told: "Told") -> str:
    """Returns an item of the events as a line."""
    data: dict[str, Any] = told.data if isinstance(told.data, dict) else {}
    if told.kind == "happened":
        words = [f"{data.get('kind')}.{data.get('event_type')}", data.get("detail", ""), _by(data.get("by", ""))]
        return " ".join(["happened", *(str(each) for each in words if each)])
    if told.kind == "lost":
        count = data.get("events")
        return "lost      " + ("it is not known what" if count is None else f"{count} events")
    view = data.get("view", {})
    fields = view if told.kind == "change" else {key: view.get(key) for key in ("room", "link", "phase")}
    return f"{told.kind:<9} " + " ".join(f"{key}={_short(value)}" for key, value in fields.items())


def _by(who: object) -> str:
    return f"(by {who})" if who else ""


def _short(value: object) -> str:
    """Returns a value in a few characters: what is longer is seen with --json."""
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else f"[{len(value)}]"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return UNKNOWN if value is None else str(value)


def _muted(muted: bool | None) -> str:  # noqa: FBT001  # the field as the view has it
    return {None: UNKNOWN, True: "muted", False: "on"}[muted]


def _duration(seen: "Seen") -> str:
    since = None if seen.view.call is None else seen.view.call.since
    return UNKNOWN if since is None else _span((seen.now - since) // 1000)


def _span(seconds: int) -> str:
    return str(timedelta(seconds=max(0, seconds)))


def _meeting(meeting: "Meeting | None", clock: "TimeOfDay | None") -> str:
    if meeting is None:
        return UNKNOWN
    end = "" if meeting.end is None else f"-{_time(meeting.end, clock)}"
    return f"{_time(meeting.start, clock)}{end} {meeting.title}".rstrip()


def _time(at: int, clock: "TimeOfDay | None") -> str:
    """Returns milliseconds since 1970 as the time of day in the zone of the box."""
    zone = UTC if clock is None else timezone(timedelta(minutes=clock.east))
    return datetime.fromtimestamp(at / 1000, zone).strftime("%H:%M")


def version_of_file_rows(found: "ConfigurationVersions") -> Iterator[tuple[str, ...]]:
    """Yields the versions of a room.toml that were kept."""
    yield "NUMBER", "AT", "WHO"
    for each in found.versions:
        at = UNKNOWN if each.at is None else datetime.fromtimestamp(each.at, UTC).isoformat(" ", "seconds")
        yield str(each.number), at, each.who or UNKNOWN


def json_of(what: object) -> str:
    """Returns what a box says as it says it."""
    import msgspec  # noqa: PLC0415  # see the docstring of appliance.cli.main

    return msgspec.json.encode(what).decode()
