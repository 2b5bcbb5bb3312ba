"""The link to the terminal as lines of a page: label and value."""

from typing import Final

from appliance.language.text import NOTHING, Text
from appliance.panel.maintenance.desk import Desk
from appliance.panel.words import LINKS
from appliance.room.show.advice import what_to_do

UNKNOWN: Final = Text("unknown")
_ACCOUNTS: Final = {"admin": Text("maintain.account_admin"), "user": Text("maintain.account_user")}
_GENERATIONS: Final = {"newer": Text("maintain.terminal_newer"), "unknown": Text("maintain.terminal_older")}

Line = tuple[Text, Text | str]


def link_rows(desk: Desk) -> list[Line]:
    """Returns how the link is and has been."""
    link, record = desk.state().link, desk.link()
    return [
        (Text("panel.link"), LINKS[link.phase]),
        (Text("maintain.reason"), link.reason or UNKNOWN),
        (Text("maintain.to_do"), what_to_do(link) or UNKNOWN),
        (Text("maintain.since"), desk.moment(record.since) or UNKNOWN),
        (Text("maintain.account"), _ACCOUNTS.get(desk.account(), UNKNOWN)),
        (Text("maintain.generation"), _GENERATIONS.get(record.generation, UNKNOWN)),
        (Text("maintain.reconnects"), str(record.reconnects)),
        (Text("maintain.last_loss"), _loss(desk)),
        (Text("maintain.answers"), _answers(desk)),
    ]


def _loss(desk: Desk) -> Text | str:
    record = desk.link()
    if record.lost is NOTHING or record.lost_at is None:
        return UNKNOWN
    return Text("maintain.lost", when=desk.moment(record.lost_at) or UNKNOWN, why=record.lost)


def _answers(desk: Desk) -> Text | str:
    """Returns how long answers take; of none that is not known."""
    figures = desk.answers()
    if figures.last is None or figures.median is None or figures.most is None:
        return UNKNOWN
    last, median, most = (f"{1000 * each:.1f}" for each in (figures.last, figures.median, figures.most))
    return Text("maintain.answers_took", last=last, median=median, most=most, count=figures.count)
