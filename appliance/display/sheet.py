"""What a page shows, in parts that say what they are; where each goes and how large it is, the layout decides.

A page makes a `Sheet` of the room. The layout places it on a panel of any size, `words` says it: one source for both.
What there is no room for shares the last line in turns, most important first; nothing that a page says is lost.
"""

from enum import Enum, auto
from typing import TypeAlias

import msgspec
from PIL import Image

from appliance.display.palette import Tone
from appliance.language.text import Text

Words: TypeAlias = Text | str
"""A `Text` is said in the room's language; a string is a name or a number and stays as it is."""


class Mark(msgspec.Struct, frozen=True):
    """A small picture, and what it means; `beside` is a number or word of a few letters."""

    icon: Image.Image
    says: Words
    beside: Words = ""
    tone: Tone = Tone.PLAIN
    lit: bool = False  # dark on light


class Label(msgspec.Struct, frozen=True):
    """One line. `aside`: a few letters at its right end. `says`: what is heard, where `text` is abbreviated.

    `still`, here and elsewhere: what is too long ends with "…" and does not scroll.
    """

    text: Words
    aside: Words = ""
    says: Words | None = None
    tone: Tone = Tone.PLAIN
    mark: Mark | None = None  # before it
    still: bool = False


class Look(Enum):
    """How what is going on is shown on top of a page."""

    TITLE = auto()
    RULED = auto()  # a title with a line below it
    BAR = auto()  # centred in a box over the whole width


class Head(msgspec.Struct, frozen=True):
    """What is going on. `spare`: the rest of the page says so too, so that a low panel does without."""

    text: Words
    look: Look = Look.TITLE
    lit: bool = False  # dark on light
    tone: Tone = Tone.PLAIN
    mark: Mark | None = None  # before it
    aside: Words = ""  # at its right end
    corner: Mark | None = None  # before that
    spare: bool = False
    still: bool = False


class Name(msgspec.Struct, frozen=True):
    """A person or thing, as large as it fits."""

    text: Words
    tone: Tone = Tone.PLAIN
    still: bool = False


class Number(msgspec.Struct, frozen=True):
    """What is being typed: its end stays in sight. `secret`: it is not among the words."""

    text: str
    secret: bool = False


class Time(msgspec.Struct, frozen=True):
    """A clock (`large`), with what belongs beside it, or a duration; digits and colons only."""

    text: str
    beside: tuple[Label, ...] = ()
    large: bool = False
    tone: Tone = Tone.PLAIN


class Topic(msgspec.Struct, frozen=True):
    """What a clock is looked at for: a `caption` (until when, in how many minutes), and what it is about."""

    caption: Words
    text: Words


class Sentence(msgspec.Struct, frozen=True):
    """A sentence over as many lines as it takes; `loud`: it is all that the page is about."""

    text: Words
    loud: bool = False


class Level(msgspec.Struct, frozen=True):
    """A bar lit up to `part` (0.0 to 1.0); `mark` is a line across it."""

    part: float
    mark: float | None = None


Main: TypeAlias = Name | Number | Time | Topic | Sentence | Level


class Bar(msgspec.Struct, frozen=True):
    """The microphone at the foot of a page: muted is loud (`lit`), not known has a look of its own (`outlined`)."""

    mark: Mark
    text: Words
    lit: bool = False
    outlined: bool = False


class Matrix(msgspec.Struct, frozen=True):
    """A QR code, `1` for a dark module, and what to do with it; where it is not too fine it stands for `main`.

    Then `says` takes the place of all else, unless there is room for both.
    """

    rows: tuple[str, ...]
    says: Words


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A page, from top to bottom: what is going on, the one thing to read, marks beside it, lines, the microphone.

    `heads` are shown in turns. `lines`: the most important first; the layout shows as many as there is room for.
    """

    heads: tuple[Head, ...] = ()
    main: Main | None = None
    matrix: Matrix | None = None  # with a main that says the same, for a panel that cannot show it
    topic: Topic | None = None  # with a time only
    marks: tuple[Mark, ...] = ()
    lines: tuple[Label, ...] = ()
    centred: bool = False  # the lines
    bar: Bar | None = None
