"""The groups of commands that a client has for newer terminals."""

from appliance.terminal.client.newer.calling import Calling
from appliance.terminal.client.newer.control import Control
from appliance.terminal.client.newer.layout import Layout
from appliance.terminal.client.newer.look import Look
from appliance.terminal.client.newer.meeting import Meeting
from appliance.terminal.client.newer.ndi import Ndi
from appliance.terminal.client.newer.picture import Picture
from appliance.terminal.client.newer.planner import Planner
from appliance.terminal.client.newer.server_list import ServerList
from appliance.terminal.client.newer.slide_cache import SlideCache
from appliance.terminal.client.newer.transfers import Transfers
from appliance.terminal.client.newer.waiting_room import WaitingRoom
from appliance.terminal.client.requests import Requests


class NewerGroups:
    """What a client is that has them. An older terminal refuses each of their commands: see `Client.generation`."""

    def _add_newer(self, requests: Requests) -> None:
        self.calling = Calling(requests)
        self.control = Control(requests)
        self.layout = Layout(requests)
        self.look = Look(requests)
        self.meeting = Meeting(requests)
        self.ndi = Ndi(requests)
        self.picture = Picture(requests)
        self.planner = Planner(requests)
        self.server_list = ServerList(requests)
        self.slide_cache = SlideCache(requests)
        self.transfers = Transfers(requests)
        self.waiting_room = WaitingRoom(requests)
