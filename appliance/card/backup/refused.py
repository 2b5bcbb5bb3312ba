"""Why there is no backup of a box, or why one cannot be restored."""

from appliance.language.text import Text, Worded


class Refused(Worded):
    """Nothing was changed; `text` says what is wrong and what to do."""


def no_backup() -> Refused:
    """A file of somebody else's, whatever part of it shows that."""
    return Refused(Text("backup.foreign"))


def damaged() -> Refused:
    """A backup that is not as it was written."""
    return Refused(Text("backup.damaged"))
