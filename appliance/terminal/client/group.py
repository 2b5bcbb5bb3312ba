"""What every group of commands is made of."""

from appliance.terminal.client.requests import Requests


class CommandGroup:
    """Commands that a person looks for together; see the client for the errors that all of them raise."""

    def __init__(self, requests: Requests) -> None:
        self._ask = requests.ask
