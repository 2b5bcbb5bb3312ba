"""The room's slide show: its slides, which one is shown, and its place in the conference."""

from typing import TYPE_CHECKING, Any

import msgspec

from appliance.simulator.model import errors
from appliance.simulator.model.errors import Refused
from appliance.simulator.model.parameters import COUNT, FLAG, NUMBERED, STRING
from appliance.simulator.model.table import IN_CONFERENCE, Fields, Request, Rule, Table, asking, doing, given
from appliance.terminal.messages.enums import AppState

if TYPE_CHECKING:
    from appliance.simulator.model.terminal import Terminal


class Slide(msgspec.Struct, frozen=True):
    """A stored file in the show."""

    file_id: int
    name: str


class Slides:
    """The slides in order. `current` is the index of the one that is shown; None: no show runs."""

    def __init__(self, terminal: "Terminal") -> None:
        self._terminal = terminal
        self._slides: list[Slide] = []
        self._title = ""
        self.current: int | None = None
        self._told_available = False

    @property
    def available(self) -> bool:
        """Whether a show could start: there are slides, a conference to show them in, and the tariff allows it."""
        in_conference = self._terminal.app_state is AppState.IN_CONFERENCE
        return bool(self._slides) and in_conference and bool(self._terminal.tariff.allows["canUseSlideShow"])

    @property
    def on_screen(self) -> bool:
        """Whether anybody in the conference shows slides."""
        return self.shown_title != ""

    @property
    def shown_title(self) -> str:
        """The title of the show that is on, the room's own first; empty where there is none."""
        if self.current is not None:
            return f"{self._title} {self.current + 1}/{len(self._slides)}"
        conference = self._terminal.calls.conference
        titles = [p.slides for p in conference.participants.present.values()] if conference else []
        return next(filter(None, titles), "")

    def describe(self) -> Fields:
        """The fields of the reply to `getSlideShowInfo`."""
        fields: Fields = {"available": self.available, "started": self.current is not None}
        fields["slides"] = [self._describe(idx, slide) for idx, slide in enumerate(self._slides)]
        return fields if self.current is None else {**fields, "currentSlideIdx": self.current, "title": self._title}

    def add(self, file_id: int | str) -> None:
        """Puts a stored file behind the others."""
        file = self._terminal.files.get(file_id)
        self._slides.append(Slide(file.id, file.name))
        idx = len(self._slides) - 1
        self._terminal.emit("slideAdded", name=file.name, fileId=str(file.id), idx=idx)
        if self.current is not None:
            self._uploaded(idx)
        self.check_availability()

    def remove(self, idx: int, *, also_file: bool) -> None:
        """Takes a slide out of the show, and its file off the server; the show ends with its last slide."""
        slide = self._get(idx)
        del self._slides[idx]
        if also_file and str(slide.file_id) in [file["fileId"] for file in self._terminal.files.describe()]:
            self._terminal.files.remove(slide.file_id)
        self._terminal.emit("slideRemoved", idx=idx)
        if self.current is not None and not self._slides:
            self.stop()
        elif self.current is not None and idx <= self.current:
            self._show(max(0, self.current - 1))
        self.check_availability()

    def move(self, origin: int, target: int) -> None:
        """Puts a slide somewhere else in the order; the same one stays shown."""
        self._get(origin)
        self._get(target)
        order = list(range(len(self._slides)))
        order.insert(target, order.pop(origin))
        self._slides = [self._slides[previous] for previous in order]
        moved = [{"prevIdx": previous, "newIdx": new} for new, previous in enumerate(order) if previous != new]
        self._terminal.emit("slidePositionsChanged", slides=moved)
        if self.current is not None:
            self._show(order.index(self.current))

    def start(self, title: str, idx: int) -> None:
        """Starts the show; where it runs, only its title changes."""
        self._terminal.tariff.require("canUseSlideShow")
        if not self._slides:
            raise Refused(errors.NO_SLIDES)
        self._get(idx)
        if self.current is not None:
            self._retitle(title)
            return
        self._title, self.current = title, idx
        for uploaded in range(len(self._slides)):
            self._uploaded(uploaded)
        self._terminal.emit("mySlideShowStarted", title=title, currentSlideIndex=idx)
        self._terminal.layout.changed()

    def stop(self) -> None:
        """Ends the show."""
        self._running()
        self.current = None
        self._terminal.emit("mySlideShowStopped")
        self._terminal.layout.changed()

    def show(self, idx: int) -> None:
        """Shows one slide."""
        self._running()
        self._get(idx)
        self._show(idx)

    def step(self, way: int) -> None:
        """Shows the next or the previous slide; at the ends nothing happens."""
        self._show(min(max(self._running() + way, 0), len(self._slides) - 1))

    def jump(self, *, last: bool) -> None:
        """Shows the first or the last slide."""
        self._running()
        self._show(len(self._slides) - 1 if last else 0)

    def conference_over(self) -> None:
        """A show ends with its conference."""
        if self.current is not None:
            self.current = None
            self._terminal.emit("mySlideShowStopped")

    def check_availability(self) -> None:
        """Tells whether a show could start, where that has changed."""
        if self.available is not self._told_available:
            self._told_available = self.available
            self._terminal.emit("slideShowAvailabilityChanged", available=self.available)

    # how

    def _show(self, idx: int) -> None:
        if idx != self.current:
            self.current = idx
            self._terminal.emit("currentSlideIndexChanged", currentIdx=idx)

    def _retitle(self, title: str) -> None:
        if title == self._title:
            raise Refused(errors.RUNNING)
        self._title = title
        self._terminal.emit("mySlideShowTitleChanged", newTitle=title)

    def _uploaded(self, idx: int) -> None:
        self._terminal.emit("slideUploaded", idx=idx, url=self._url(self._slides[idx]))

    def _running(self) -> int:
        if self.current is None:
            raise Refused(errors.NOT_RUNNING)
        return self.current

    def _get(self, idx: int) -> Slide:
        if idx >= len(self._slides):
            raise Refused(errors.UNKNOWN_SLIDE)
        return self._slides[idx]

    def _url(self, slide: Slide) -> str:
        return f"https://{self._terminal.options.domain}/slides/{slide.file_id}"

    def _describe(self, idx: int, slide: Slide) -> dict[str, Any]:
        url = {"url": self._url(slide)} if self.current is not None else {}
        return {"idx": idx, "name": slide.name, "fileId": str(slide.file_id), **url}


def _remove(terminal: "Terminal", request: Request) -> None:
    terminal.slides.remove(request["idx"], also_file=request.get("removeFromServer", True))


def _showing(act: str, **how: object) -> Rule:
    def run(terminal: "Terminal") -> None:
        getattr(terminal.slides, act)(**how)

    return doing(run, IN_CONFERENCE, events=("currentSlideIndexChanged",))


SLIDES: Table = {
    "getSlideShowInfo": asking(lambda terminal: terminal.slides.describe()),
    "addSlide": given(
        lambda terminal, request: terminal.slides.add(request["fileId"]),
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
        lambda terminal, request: terminal.slides.move(request["fromIdx"], request["toIdx"]),
        {"fromIdx": COUNT, "toIdx": COUNT},
        events=("slidePositionsChanged",),
    ),
    "startSlideShow": given(
        lambda terminal, request: terminal.slides.start(request["title"], request.get("startingIdx", 0)),
        {"title": STRING},
        takes={"startingIdx": COUNT},
        states=IN_CONFERENCE,
        events=("slideUploaded", "mySlideShowStarted", "videoMatrixChanged"),
    ),
    "stopSlideShow": doing(
        lambda terminal: terminal.slides.stop(), IN_CONFERENCE, events=("mySlideShowStopped", "videoMatrixChanged")
    ),
    "showSlide": given(
        lambda terminal, request: terminal.slides.show(request["idx"]),
        {"idx": COUNT},
        states=IN_CONFERENCE,
        events=("currentSlideIndexChanged",),
    ),
    "showNextSlide": _showing("step", way=+1),
    "showPrevSlide": _showing("step", way=-1),
    "showFirstSlide": _showing("jump", last=False),
    "showLastSlide": _showing("jump", last=True),
}
