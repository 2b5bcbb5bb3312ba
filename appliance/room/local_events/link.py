"""The link to the terminal, and what the terminal is asked to read."""

from typing import Any

from appliance.room.local_events.base import LocalEvent
from appliance.room.parts.link import Link
from appliance.room.parts.reading import Reading
from appliance.terminal.messages.base import Command


class LinkChanged(LocalEvent, frozen=True):
    """The link to the terminal is different now; a `Snapshot` by itself says that it is up."""

    link: Link


class Authorised(LocalEvent, frozen=True):
    """The terminal has let the appliance in; `user_pin`: as the user, with a PIN."""

    user_pin: bool


class Answered(LocalEvent, frozen=True):
    """The terminal has answered a question that was asked to read something.

    `reply` is of the question's reply type. `up_to_date`: nothing has made the question worth asking again since.
    """

    question: Command
    reply: Any
    up_to_date: bool = True


class AnswerRefused(LocalEvent, frozen=True):
    """The terminal refuses to answer a question that was asked to read something."""

    question: Command


class ReadingWanted(LocalEvent, frozen=True):
    """A part that only some rooms need is to be read."""

    reading: Reading
