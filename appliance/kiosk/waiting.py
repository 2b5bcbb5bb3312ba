"""The page that the kiosk shows by itself while the box does not answer: a file of its own, in the room's language."""

from html import escape
from pathlib import Path
from typing import Final, cast, get_args

from appliance.kiosk.told import Settings
from appliance.language.catalogue import ENGLISH, Language
from appliance.language.codes import Code
from appliance.language.languages import language
from appliance.language.text import Text

NAME: Final = "starting.html"

# The second sentence comes after a minute: a start takes less, and whoever reads it then has a reason.
_PAGE: Final = """<!doctype html>
<html lang="{lang}">
<meta charset="utf-8">
<title>{room}</title>
<style>
html {{ height: 100%; background: #101418; color: #f2f4f6; font: 5vmin/1.4 "DejaVu Sans", sans-serif }}
body {{ min-height: 100%; margin: 0; padding: 8vmin; box-sizing: border-box; display: grid; align-content: center }}
h1 {{ margin: 0; font-size: 6vmin; font-weight: normal; color: #b8c0c8 }}
p {{ margin: 4vmin 0 0; font-size: 9vmin; line-height: 1.2 }}
.later {{ font-size: 5vmin; line-height: 1.4; animation: 1s step-end 60s both appear }}
@keyframes appear {{ from {{ visibility: hidden }} to {{ visibility: visible }} }}
</style>
<h1><bdi>{room}</bdi></h1>
<p>{starting}</p>
<p class="later">{later}</p>
</html>
"""


def write(folder: Path, settings: Settings) -> str:
    """Writes the page into a folder; returns its address."""
    say = _language(settings.language).say
    path = folder / NAME
    words = {"starting": say(Text("kiosk.starting")), "later": say(Text("kiosk.no_answer"))}
    page = _PAGE.format(
        lang=escape(settings.language),
        room=escape(settings.room),
        **{name: escape(sentence) for name, sentence in words.items()},
    )
    path.write_text(page, encoding="utf-8")
    return path.as_uri()


def _language(code: str) -> Language:
    return language(cast("Code", code)) if code in get_args(Code) else ENGLISH
