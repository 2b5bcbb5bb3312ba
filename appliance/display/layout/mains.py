"""The one thing on a page that is read from across the room: how low it can be, and as large as it fits."""

import functools
from functools import partial

from appliance.display.fonts import Face
from appliance.display.layout.clock import fit_time, least_time
from appliance.display.layout.draft import Box, Draft
from appliance.display.layout.fitted import Fitted, middle
from appliance.display.layout.topic import fit_topic, least_topic
from appliance.display.sheet import Level, Main, Name, Number, Sentence, Time, Topic, Words
from appliance.display.text import wrap

_LEVEL, _BEYOND = 9, 3  # rows of 128x64: a bar, and how far its mark reaches beyond it


def least(draft: Draft, main: Main | None, width: int) -> int:
    """Rows that `main` needs at least."""
    if isinstance(main, Name):
        return draft.scale.name[-1].height
    if isinstance(main, Number):
        return draft.scale.number[-1].height
    if isinstance(main, Time):
        return least_time(draft)
    if isinstance(main, Topic):
        return least_topic(draft)
    if isinstance(main, Sentence):
        return _height(draft, main.text, draft.scale.text[-1], width)
    return _level_height(draft) if main else 0


def fit(draft: Draft, main: Main | None, room: tuple[int, int]) -> Fitted:
    """`main` as large as it fits into `room` (width, height)."""
    if isinstance(main, Name):
        return _name(draft, main, room)
    if isinstance(main, Number):
        return _number(draft, main, room)
    if isinstance(main, Time):
        return fit_time(draft, main, room)
    if isinstance(main, Topic):
        return fit_topic(draft, main, room)
    if isinstance(main, Sentence):
        return _sentence(draft, main, room)
    return Fitted() if main is None else Fitted(_level_height(draft), partial(_draw_level, draft, main))


def _name(draft: Draft, name: Name, room: tuple[int, int]) -> Fitted:
    """On one line or several, unbroken if possible; where not all of it is seen so, on one line that scrolls."""
    width, height = room
    small = draft.scale.name[-1]
    whole = next((face for face in draft.scale.name if _whole(draft, name.text, face, room)), small)
    wrapped = _height(draft, name.text, whole, width)
    if wrapped <= height:
        return Fitted(wrapped, partial(_draw_wrapped, draft, name, whole))
    face = next((face for face in draft.scale.name if face.height <= height), draft.scale.name[-1])
    return Fitted(face.height, partial(_draw_line, draft, name, face))


def _draw_wrapped(draft: Draft, name: Name, face: Face, box: Box) -> None:
    draft.canvas.paragraph(box.x, box.y, name.text, face, (box.width, box.height), name.tone, centred=True)


def _draw_line(draft: Draft, name: Name, face: Face, box: Box) -> None:
    y = middle(box, face.height).y
    draft.canvas.line(box.x, y, name.text, face, box.width, name.tone, centred=True, still=name.still)


def _number(draft: Draft, number: Number, room: tuple[int, int]) -> Fitted:
    width, height = room
    low = tuple(face for face in draft.scale.number if face.height <= height) or draft.scale.number[-1:]
    face = draft.fitting((number.text,), low, width)
    return Fitted(face.height, partial(_draw_number, draft, number, face))


def _draw_number(draft: Draft, number: Number, face: Face, box: Box) -> None:
    draft.canvas.tail(box.x, middle(box, face.height).y, number.text, face, box.width)


def _sentence(draft: Draft, sentence: Sentence, room: tuple[int, int]) -> Fitted:
    """In the first face in which all of it is seen at once; in the smallest it scrolls."""
    loud, text = draft.scale.sentence, draft.scale.text
    faces = loud if sentence.loud else text
    face = next((face for face in faces if _whole(draft, sentence.text, face, room)), text[-1])
    height = min(room[1], _height(draft, sentence.text, face, room[0]))
    return Fitted(height, partial(_draw_sentence, draft, sentence, face))


def _draw_sentence(draft: Draft, sentence: Sentence, face: Face, box: Box) -> None:
    room = box.width, box.height
    draft.canvas.paragraph(box.x, box.y, sentence.text, face, room, centred=sentence.loud)


def _draw_level(draft: Draft, level: Level, box: Box) -> None:
    zoom, canvas = draft.scale.zoom, draft.canvas
    y, height = middle(box, _LEVEL * zoom).y, _LEVEL * zoom
    canvas.level(box.x, y, (box.width, height), level.part, level.mark)


def _level_height(draft: Draft) -> int:
    return (_LEVEL + 2 * _BEYOND) * draft.scale.zoom


def _height(draft: Draft, text: Words, face: Face, width: int) -> int:
    return len(wrap(draft.canvas.said(text), face, width)) * face.height


def _whole(draft: Draft, text: Words, face: Face, room: tuple[int, int]) -> bool:
    """Whether all of it is seen at once, with every word in one piece."""
    width, height = room
    lines = _unbroken(draft.canvas.said(text), face, width)
    return 0 < lines * face.height <= height


@functools.lru_cache(maxsize=64)
def _unbroken(text: str, face: Face, width: int) -> int:
    """In how many lines of `width` pixels `text` is seen with every word in one piece; 0 for in none."""
    broken = any(len(wrap(word, face, width)) > 1 for word in text.split())
    return 0 if broken else len(wrap(text, face, width))
