"""Passwords that cost next to nothing, for tests that are about something else."""

from appliance.access.hashing import Cost, Hasher

CHEAP = Cost(memory=8, passes=1)


class CountingHasher(Hasher):
    """Counts how often it compares."""

    def __init__(self) -> None:
        super().__init__(CHEAP)
        self.compared = 0

    async def fits(self, kept: str, password: str) -> bool:
        self.compared += 1
        return await super().fits(kept, password)
