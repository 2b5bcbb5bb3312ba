"""The file that says how the room is, as the deputy of this box has it."""

from collections.abc import Callable
from typing import Final

from appliance.deputy.client import SILENT, Deputy, NoDeputy, Silent
from appliance.deputy.requests import Answer, Configure, Conflicting, Done, File, Keep, Read, Refused, Return, Wrong
from appliance.language.catalogue import Language
from appliance.language.text import Text
from appliance.maintain.editing import Conflict, Mistaken, NotChanged, Unknown
from appliance.run.editing.looked import said

WITHIN: Final = 60.0  # seconds: the deputy checks the file and lets the box take it, which takes a small Pi a while

_UNKNOWN: Final = Text("maintain.edit_unknown")


class Truth:
    """Asks the deputy for the file, and lets it change it."""

    def __init__(self, deputy: Callable[[], Deputy]) -> None:
        self._deputy = deputy

    async def read(self) -> File:
        """Returns the file. Raises `NoDeputy`."""
        answer = await self._deputy().ask(Read())
        if not isinstance(answer, File):
            raise NoDeputy(answer.text if isinstance(answer, Refused) else SILENT)
        return answer

    async def known(self) -> File:
        """Returns the file. Raises `NotChanged`."""
        try:
            return await self.read()
        except NoDeputy as error:
            raise NotChanged(error.text) from None

    async def take(self, text: str, mark: str, who: str, language: Language) -> float | None:
        """Puts a text in the place of the one with this mark; returns for how many seconds it is on trial.

        None: nothing differs. Raises `NotChanged` and its kinds, and `Unknown`.
        """
        match await self._asked(Configure(text, mark, who)):
            case Done():
                return await self._on_trial()
            case Wrong(mistakes):
                raise Mistaken(said(mistakes, language))
            case Conflicting(new_mark, difference):
                raise Conflict(new_mark, difference)
            case Refused(why):
                raise NotChanged(why)
        raise Unknown(_UNKNOWN)

    async def _on_trial(self) -> float | None:
        """What was taken is so, whether it can be looked at or not. Raises `Unknown`."""
        try:
            return (await self.read()).trial
        except NoDeputy:
            raise Unknown(_UNKNOWN) from None

    async def done(self, request: Keep | Return) -> None:
        """Ends the trial in one way or the other. Raises `NotChanged` and `Unknown`."""
        match await self._asked(request):
            case Done():
                return
            case Refused(why):
                raise NotChanged(why)
        raise Unknown(_UNKNOWN)

    async def _asked(self, request: Configure | Keep | Return) -> Answer:
        try:
            return await self._deputy().ask(request, within=WITHIN)
        except Silent:
            raise Unknown(_UNKNOWN) from None
        except NoDeputy as error:
            raise NotChanged(error.text) from None
