"""A month in a meeting room, in virtual time: what only shows after days.

One box plays one day after the other against one terminal whose PIN protects it, as chaos does
(`tests/e2e/chaos`), whose steps and assertions it takes. A day (`days.py`) has calls of all kinds, guests who come into
the address book and leave it, small faults, and on some days a terminal that is updated, a server or a network that is
away for hours, a box that is restarted at night, or clocks that are set. Each evening the room must agree with the
terminal; each night the glass must be dark, and hardly anything may wake the process. What each day leaves in memory,
tasks and descriptors is judged from the second on (`play.py`).

    python -m tests.e2e.month --days 30        plays a month; prints a line a day, and one for all of them
"""
