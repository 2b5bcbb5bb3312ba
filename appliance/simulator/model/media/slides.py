"""The room's slide show: its slides, which one is shown, and its place in the conference."""

from collections.abc import Callable
from typing import Any

import msgspec

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.context import Context
from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.common.parameters import COUNT, FLAG, NUMBERED, STRING
from appliance.simulator.model.common.table import IN_CONFERENCE, Fields, Request, Rule, Table, asking, doing, given
from appliance.simulator.model.conversation.current import CurrentCall
from appliance.simulator.model.machine.files import Files
from appliance.simulator.model.machine.tariff import Tariff


class Slide(msgspec.Struct, frozen=True):
    """A stored file in the show."""

    file_id: int
    name: str


class Slides:
    """The slides in order. `current` is the index of the one that is shown; None: no show runs.

    `matrix_changed` is called when the room's show begins or ends, which changes what is on the screen.
    """

    def __init__(
        self,
        context: Context,
        files: Files,
        tariff: Tariff,
        current: CurrentCall,
        *,
        matrix_changed: Callable[[], None],
    ) -> None:
        self._domain = context.options.domain
        self._emit = context.emit
        self._files = files
        self._tariff = tariff
        self._call = current
        self._matrix_changed = matrix_changed
        self._slides: list[Slide] = []
        self._title = ""
        self.current: int | None = None
        self._told_available = False

    @property
    def available(self) -> bool:
        """Whether a show could start: there are slides and a conference, and the tariff allows it."""
        return bool(self._slides) and self._call.in_conference and bool(self._tariff.allows["canUseSlideShow"])

    @property
    def on_screen(self) -> bool:
        """Whether anybody in the conference shows slides."""
        return self.shown_title != ""

    @property
    def shown_title(self) -> str:
        """The title of the show that is on, the room's own first; empty if there is none."""
        if self.current is not None:
            return f"{self._title} {self.current + 1}/{len(self._slides)}"
        roster = self._call.roster
        titles = [participant.slides for participant in roster.present.values()] if roster else []
        return next(filter(None, titles), "")

    def describe(self) -> Fields:
        """Returns the fields of the reply to `getSlideShowInfo`."""
        fields: Fields = {"available": self.available, "started": self.current is not None}
        fields["slides"] = [self._describe(idx, slide) for idx, slide in enumerate(self._slides)]
        return fields if self.current is None else {**fields, "currentSlideIdx": self.current, "title": self._title}

    def add(self, file_id: int | str) -> None:
        """Adds a stored file as the last slide."""
        file = self._files.get(file_id)
        self._slides.append(Slide(file.id, file.name))
        idx = len(self._slides) - 1
        self._emit("slideAdded", name=file.name, fileId=str(file.id), idx=idx)
        if self.current is not None:
            self._uploaded(idx)
        self.check_availability()

    def remove(self, idx: int, *, also_file: bool) -> None:
        """Removes a slide, and with `also_file` its file; the show ends with its last slide."""
        slide = self._get(idx)
        del self._slides[idx]
        if also_file and str(slide.file_id) in [file["fileId"] for file in self._files.describe()]:
            self._files.remove(slide.file_id)
        self._emit("slideRemoved", idx=idx)
        if self.current is not None and not self._slides:
            self.stop()
        elif self.current is not None and idx <= self.current:
            self._show(max(0, self.current - 1))
        self.check_availability()

    def move(self, origin: int, target: int) -> None:
        """Moves a slide to another place; the same one stays shown."""
        self._get(origin)
        self._get(target)
        order = list(range(len(self._slides)))
        order.insert(target, order.pop(origin))
        self._slides = [self._slides[previous] for previous in order]
        moved = [{"prevIdx": previous, "newIdx": new} for new, previous in enumerate(order) if previous != new]
        self._emit("slidePositionsChanged", slides=moved)
        if self.current is not None:
            self._show(order.index(self.current))

    def start(self, title: str, idx: int) -> None:
        """Starts the show; if it runs already, only its title changes."""
        self._tariff.require("canUseSlideShow")
        if not self._slides:
            raise Refused(errors.NO_SLIDES)
        self._get(idx)
        if self.current is not None:
            self._retitle(title)
            return
        self._title, self.current = title, idx
        for uploaded in range(len(self._slides)):
            self._uploaded(uploaded)
        self._emit("mySlideShowStarted", title=title, currentSlideIndex=idx)
        self._matrix_changed()

    def stop(self) -> None:
        """Ends the show."""
        self._running()
        self.current = None
        self._emit("mySlideShowStopped")
        self._matrix_changed()

    def show(self, idx: int) -> None:
        """Shows one slide."""
        self._running()
        self._get(idx)
        self._show(idx)

    def step(self, way: int) -> None:
        """Shows the next (+1) or the previous (-1) slide; at the ends nothing happens."""
        self._show(min(max(self._running() + way, 0), len(self._slides) - 1))

    def jump(self, *, last: bool) -> None:
        """Shows the first or the last slide."""
        self._running()
        self._show(len(self._slides) - 1 if last else 0)

    def conference_over(self) -> None:
        """Ends the show together with its conference."""
        if self.current is not None:
            self.current = None
            self._emit("mySlideShowStopped")

    def check_availability(self) -> None:
        """Reports whether a show could start, if that has changed."""
        if self.available is not self._told_available:
            self._told_available = self.available
            self._emit("slideShowAvailabilityChanged", available=self.available)

    # how

    def _show(self, idx: int) -> None:
        if idx != self.current:
            self.current = idx
            self._emit("currentSlideIndexChanged", currentIdx=idx)

    def _retitle(self, title: str) -> None:
        if title == self._title:
            raise Refused(errors.RUNNING)
        self._title = title
        self._emit("mySlideShowTitleChanged", newTitle=title)

    def _uploaded(self, idx: int) -> None:
        self._emit("slideUploaded", idx=idx, url=self._url(self._slides[idx]))

    def _running(self) -> int:
        if self.current is None:
            raise Refused(errors.NOT_RUNNING)
        return self.current

    def _get(self, idx: int) -> Slide:
        if idx >= len(self._slides):
            raise Refused(errors.UNKNOWN_SLIDE)
        return self._slides[idx]

    def _url(self, slide: Slide) -> str:
        return f"https://{self._domain}/slides/{slide.file_id}"

    def _describe(self, idx: int, slide: Slide) -> dict[str, Any]:
        url = {"url": self._url(slide)} if self.current is not None else {}
        return {"idx": idx, "name": slide.name, "fileId": str(slide.file_id), **url}


def _remove(slides: Slides, request: Request) -> None:
    slides.remove(request["idx"], also_file=request.get("removeFromServer", True))


def _showing(act: Callable[[Slides], None]) -> Rule[Slides]:
    return doing(act, IN_CONFERENCE, events=("currentSlideIndexChanged",))


SLIDES: Table[Slides] = {
    "getSlideShowInfo": asking(Slides.describe),
    "addSlide": given(
        lambda slides, request: slides.add(request["fileId"]),
        {"fileId": NUMBERED},
        events=("slideAdded", "slideShowAvailabilityChanged"),
    ),
    "removeSlide": given(
        _remove,
        {"idx": COUNT},
        takes={"removeFromServer": FLAG},
        events=("slideRemoved", "slideShowAvailabilityChanged"),
    ),
    "setSlidePosition": given(
        lambda slides, request: slides.move(request["fromIdx"], request["toIdx"]),
        {"fromIdx": COUNT, "toIdx": COUNT},
        events=("slidePositionsChanged",),
    ),
    "startSlideShow": given(
        lambda slides, request: slides.start(request["title"], request.get("startingIdx", 0)),
        {"title": STRING},
        takes={"startingIdx": COUNT},
        states=IN_CONFERENCE,
        events=("slideUploaded", "mySlideShowStarted", "videoMatrixChanged"),
    ),
    "stopSlideShow": doing(Slides.stop, IN_CONFERENCE, events=("mySlideShowStopped", "videoMatrixChanged")),
    "showSlide": given(
        lambda slides, request: slides.show(request["idx"]),
        {"idx": COUNT},
        states=IN_CONFERENCE,
        events=("currentSlideIndexChanged",),
    ),
    "showNextSlide": _showing(lambda slides: slides.step(+1)),
    "showPrevSlide": _showing(lambda slides: slides.step(-1)),
    "showFirstSlide": _showing(lambda slides: slides.jump(last=False)),
    "showLastSlide": _showing(lambda slides: slides.jump(last=True)),
}
