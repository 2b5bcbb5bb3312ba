"""The report of an examination, as text that can be sent to anybody."""

from collections.abc import Iterable, Iterator

from appliance.terminal.doctor.compare import Difference, Finding
from appliance.terminal.doctor.examine import Asked, Examination
from appliance.terminal.doctor.reads import LEFT_OUT
from appliance.terminal.messages.newer.generation import Generation
from appliance.terminal.messages.security import ProtectionInfoReply

CONTENTS = """\
The report has: the version of offhook; how the two accounts are protected (PIN, password, not at all) and which of them
this is; whether the terminal is an older or a newer one, and whether it is in a call; of each command that only reads,
whether it was answered, and how quickly; names of fields that are unknown or missing, numbers and words that are not in
an enumeration, and which events came how often.
It has no name of a person, room, server or device, no id, address, PIN, password, token or key, no text and no time of
day."""

_HEADINGS = {
    Difference.UNKNOWN_FIELD: "Unknown fields",
    Difference.UNKNOWN_VALUE: "Unknown values",
    Difference.OTHER_TYPE: "Values of another type",
    Difference.MISSING_FIELD: "Known fields that were not there (many are there at times only)",
    Difference.UNREADABLE: "Not compared, for a number beyond all bounds or the like",
}


def protected(info: ProtectionInfoReply | None) -> str:
    """Returns how the accounts are protected, in a line."""
    if info is None:
        return "the terminal does not say before it is authorised"
    accounts = {"administrator": info.administrator, "user": info.user}
    return ", ".join(
        f"{name} {'not available' if one is None else str(one.security.value)}" for name, one in accounts.items()
    )


def report(found: Examination, info: ProtectionInfoReply | None, version: str) -> str:
    """Returns the whole report."""
    return "\n".join(_lines(found, info, version)) + "\n"


def _lines(found: Examination, info: ProtectionInfoReply | None, version: str) -> Iterator[str]:
    yield f"# A terminal as offhook {version} finds it\n"
    yield f"Protection: {protected(info)}"
    yield f"Authorised as: {'unknown' if found.privileges is None else found.privileges.name.lower()}"
    newer = found.generation is Generation.NEWER
    yield f"Generation: {'newer' if newer else 'older, or not known to be newer'}"
    yield f"In a call meanwhile: {'yes' if found.in_a_call else 'no'}"
    yield f"Reply times: {_times(found.asked)}\n"
    yield from _section("Answered", _names(found.asked, "answered", newer=None))
    yield from _section("Refused (of every terminal's commands)", _names(found.asked, "refused", newer=False))
    yield from _section("Refused (of newer terminals' commands)", _names(found.asked, "refused", newer=True))
    yield from _section("Not answered", _names(found.asked, "no answer", newer=None))
    yield from _section("Answered, and not readable", _names(found.asked, "unreadable", newer=None))
    yield from _section("Not asked", (f"{method}: {why}" for method, why in sorted(LEFT_OUT.items())))
    for difference, heading in _HEADINGS.items():
        yield from _section(heading, _findings(found.findings, difference))
    yield from _section("Unknown events", (f"{name}: {count}" for name, count in sorted(found.unknown_events.items())))
    yield from _section("Events", (f"{name}: {count}" for name, count in sorted(found.events.items())))


def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    yield f"## {heading}\n"
    there = [f"- {line}" for line in lines]
    yield from there or ["none"]
    yield ""


def _names(asked: Iterable[Asked], outcome: str, *, newer: bool | None) -> Iterator[str]:
    for each in asked:
        if each.outcome == outcome and newer in (None, each.newer):
            yield f"{each.method}: {each.seconds * 1000:.0f} ms" if each.seconds else each.method


def _findings(findings: Iterable[Finding], difference: Difference) -> Iterator[str]:
    for each in sorted(findings):
        if each.difference is difference:
            yield f"{each.where}: {each.detail}" if each.detail else each.where


def _times(asked: Iterable[Asked]) -> str:
    times = sorted(each.seconds for each in asked if each.outcome != "no answer")
    if not times:
        return "none"
    return f"median {times[len(times) // 2] * 1000:.0f} ms, longest {times[-1] * 1000:.0f} ms"
