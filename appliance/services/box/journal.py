"""The journal of this machine, for a support bundle: the deputy reads it, since the firmware may not."""

from collections.abc import AsyncIterator
from typing import Final

from appliance.deputy.client import Deputy, NoDeputy
from appliance.deputy.requests import Journal, Made, Refused
from appliance.language.text import Text

WITHIN: Final = 30.0  # seconds; a bundle without the journal is better than none
LARGEST: Final = 1 << 20  # bytes that are taken, as much as a bundle has of any part


async def journal_of(deputy: Deputy) -> str | Text:
    """Returns its last lines, or why there are none."""
    try:
        async with deputy.asking(Journal(), within=WITHIN) as (answer, pieces):
            if not isinstance(answer, Made):
                return answer.text if isinstance(answer, Refused) else Text("deputy.silent")
            return await _last(pieces) or Text("maintain.journal_empty")
    except NoDeputy as error:
        return error.text


async def _last(pieces: AsyncIterator[bytes]) -> str:
    """Returns the last lines; of one that was cut nothing, since half a secret would not be found in it."""
    taken, is_cut = b"", False
    async for piece in pieces:
        taken += piece
        is_cut = is_cut or len(taken) > LARGEST
        taken = taken[-LARGEST:]
    return (taken.partition(b"\n")[2] if is_cut else taken).decode(errors="replace")
