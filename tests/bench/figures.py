"""Samples become figures, figures become `bench.json` and a table that says which aims are met."""

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

Samples = dict[str, list[float]]
MIB, MILLISECONDS, MICROSECONDS = ("MiB", 1.0), ("ms", 1e3), ("us", 1e6)  # samples are MiB or seconds,
KIB, A_SECOND, PLAIN = ("KiB", 1.0), ("/s", 1.0), ("", 1.0)  # KiB or numbers


class Figure(msgspec.Struct, frozen=True):
    """Median and 99th percentile of `n` samples."""

    name: str
    p50: float
    p99: float
    unit: str
    n: int


class Ratio(msgspec.Struct, frozen=True):
    """One figure over the floor it is compared with, and how far above it may be (None: told for comparison only)."""

    what: str
    figure: str
    floor: str
    aim: float | None = 1.5


class Limit(msgspec.Struct, frozen=True):
    """What a figure itself may be at most, in its unit; `always`: in 99 of 100 cases, not only in half of them."""

    what: str
    figure: str
    most: float
    always: bool = False


def percentile(samples: Sequence[float], part: float) -> float:
    """The smallest sample that `part` (0.0 to 1.0) of all samples do not exceed."""
    return sorted(samples)[max(0, math.ceil(part * len(samples)) - 1)]


def figure(name: str, samples: Sequence[float]) -> Figure:
    """What is told of a measurement."""
    unit, scale = _unit(name)
    p50, p99 = (round(percentile(samples, part) * scale, 2) for part in (0.5, 0.99))
    return Figure(name, p50, p99, unit, len(samples))


def _unit(name: str) -> tuple[str, float]:
    if name.endswith(("_rss", "_pss")):
        return MIB
    if name.endswith("_kib"):
        return KIB
    if name.startswith("wakeups_"):
        return A_SECOND
    if name.startswith("count_"):
        return PLAIN
    return MILLISECONDS if name.startswith(("start_", "import_", "idle_cpu")) else MICROSECONDS


def write_page(path: Path, lines: Sequence[str]) -> None:
    """The tables, to be pasted into the documentation."""
    path.write_text("\n".join(lines) + "\n")


def write(path: Path, figures: Sequence[Figure]) -> None:
    """The list as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(figures)) + b"\n")


def markdown(figures: Sequence[Figure], ratios: Sequence[Ratio], limits: Sequence[Limit] = ()) -> Iterator[str]:
    """The same as tables of a page."""
    known = {figure.name: figure for figure in figures}
    yield from ("| figure | median | 99 % | n |", "|---|---:|---:|---:|")
    for one in figures:
        yield f"| `{one.name}` | {one.p50:g} {one.unit} | {one.p99:g} {one.unit} | {one.n} |".replace("us |", "µs |")
    yield from ("", "| | | median | 99 % | target | |", "|---|---|---:|---:|---:|---|")
    for ratio in ratios:
        if (over := known.get(ratio.figure)) and (under := known.get(ratio.floor)):
            p50, p99 = _quotient(over.p50, under.p50), _quotient(over.p99, under.p99)
            yield _row(ratio.what, f"{p50:.2f}", f"{p99:.2f}", ratio.aim, p50)
    for limit in limits:
        figure, unit = known[limit.figure], known[limit.figure].unit.replace("us", "µs")
        counts = figure.p99 if limit.always else figure.p50
        yield _row(limit.what, f"{figure.p50:g} {unit}", f"{figure.p99:g} {unit}", limit.most, counts, unit)


def _row(what: str, p50: str, p99: str, aim: float | None, counts: float, unit: str = "") -> str:
    letter, _, rest = what.partition(" ")
    target = "" if aim is None else f"{aim:.3g} {unit}".strip()
    verdict = "" if aim is None else "met" if counts <= aim else "**not met**"
    return f"| {letter} | {rest.strip()} | {p50} | {p99} | {target} | {verdict} |"


def table(figures: Sequence[Figure], ratios: Sequence[Ratio], limits: Sequence[Limit] = ()) -> Iterator[str]:
    """The lines that people read."""
    known = {figure.name: figure for figure in figures}
    width = max(len(name) for name in known)
    yield f"{'figure':<{width}}  {'p50':>10}  {'p99':>10}  unit     n"
    for one in figures:
        yield f"{one.name:<{width}}  {one.p50:>10.2f}  {one.p99:>10.2f}  {one.unit:<4}  {one.n:>4}"
    yield ""
    width = max(len(what) for what in (*(ratio.what for ratio in ratios), *(limit.what for limit in limits)))
    yield f"{'ratio, or figure':<{width}}   p50    p99    aim"
    for ratio in ratios:
        if ratio.figure in known and ratio.floor in known:  # what is not installed here has not been measured
            yield _line(ratio, known, width)
    for limit in limits:
        yield _limit_line(limit, known[limit.figure], width)


def _line(ratio: Ratio, known: Mapping[str, Figure], width: int) -> str:
    over, under = known[ratio.figure], known[ratio.floor]
    p50, p99 = _quotient(over.p50, under.p50), _quotient(over.p99, under.p99)
    verdict = "" if ratio.aim is None else f"<= {ratio.aim:g}  {'met' if p50 <= ratio.aim else 'NOT met'}"
    return f"{ratio.what:<{width}}  {p50:>5.2f}  {p99:>5.2f}   {verdict}".rstrip()


def _limit_line(limit: Limit, figure: Figure, width: int) -> str:
    counts = figure.p99 if limit.always else figure.p50
    verdict = f"<= {limit.most:g} {figure.unit}  {'met' if counts <= limit.most else 'NOT met'}"
    return f"{limit.what:<{width}}  {figure.p50:>5.2f}  {figure.p99:>5.2f}   {verdict}"


def _quotient(over: float, under: float) -> float:
    return over / under if under > 0 else math.inf  # a difference of two memories may be nothing
