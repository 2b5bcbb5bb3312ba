"""Tasks that others begin: they have one owner, a service, and end with it."""

import trio


class Begun:
    """The tasks of a service. `nursery`: where one is begun; None while the service does not run."""

    def __init__(self) -> None:
        self.nursery: trio.Nursery | None = None

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Runs what is begun, until cancelled; a failure of one of them is that of the service."""
        try:
            async with trio.open_nursery() as nursery:
                self.nursery = nursery
                task_status.started()
                await trio.sleep_forever()
        finally:
            self.nursery = None
