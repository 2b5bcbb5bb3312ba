"""Every command of the client as a function that waits, by group.

Written by scripts/client.py from the message types and the catalogue.
"""

from appliance.terminal.blocking.loop import Loop
from appliance.terminal.client.access import Access
from appliance.terminal.client.address_book import AddressBook
from appliance.terminal.client.calls import Calls
from appliance.terminal.client.chat import Chat
from appliance.terminal.client.client import Client
from appliance.terminal.client.conferences import Conferences
from appliance.terminal.client.data import Data
from appliance.terminal.client.devices import Devices
from appliance.terminal.client.far_end import FarEnd
from appliance.terminal.client.files import Files
from appliance.terminal.client.groups import Groups
from appliance.terminal.client.http_server import HttpServer
from appliance.terminal.client.licence import Licence
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
from appliance.terminal.client.podium import Podium
from appliance.terminal.client.ptz import Ptz
from appliance.terminal.client.server import Server
from appliance.terminal.client.settings import Settings
from appliance.terminal.client.sharing import Sharing
from appliance.terminal.client.slides import Slides
from appliance.terminal.client.system import System
from appliance.terminal.client.updates import Updates
from appliance.terminal.client.windows import Windows


class BlockingCalls:
    """Calls: placing, taking and ending them, and what is going on."""

    def __init__(self, group: Calls, loop: Loop) -> None:
        self.call = loop.blocking(group.call)
        self.accept = loop.blocking(group.accept)
        self.reject = loop.blocking(group.reject)
        self.hang_up = loop.blocking(group.hang_up)
        self.tone = loop.blocking(group.tone)
        self.state = loop.blocking(group.state)
        self.current = loop.blocking(group.current)
        self.history = loop.blocking(group.history)
        self.mark_viewed = loop.blocking(group.mark_viewed)
        self.last_view = loop.blocking(group.last_view)


class BlockingConferences:
    """Group conferences: making them, who is in them, and what participants do."""

    def __init__(self, group: Conferences, loop: Loop) -> None:
        self.create = loop.blocking(group.create)
        self.title_length = loop.blocking(group.title_length)
        self.last_kind = loop.blocking(group.last_kind)
        self.participants = loop.blocking(group.participants)
        self.invite = loop.blocking(group.invite)
        self.let_in = loop.blocking(group.let_in)
        self.turn_away = loop.blocking(group.turn_away)
        self.remove = loop.blocking(group.remove)
        self.set_moderator = loop.blocking(group.set_moderator)
        self.set_camera = loop.blocking(group.set_camera)
        self.set_microphone = loop.blocking(group.set_microphone)
        self.receive_audio = loop.blocking(group.receive_audio)
        self.receive_video = loop.blocking(group.receive_video)
        self.switch_video = loop.blocking(group.switch_video)
        self.send_command = loop.blocking(group.send_command)
        self.allow_recording = loop.blocking(group.allow_recording)
        self.deny_recording = loop.blocking(group.deny_recording)
        self.schedule = loop.blocking(group.schedule)


class BlockingPodium:
    """The podium of role-based conferences."""

    def __init__(self, group: Podium, loop: Loop) -> None:
        self.accept_invitation = loop.blocking(group.accept_invitation)
        self.reject_invitation = loop.blocking(group.reject_invitation)
        self.invite = loop.blocking(group.invite)
        self.remove = loop.blocking(group.remove)
        self.accept_request = loop.blocking(group.accept_request)
        self.reject_request = loop.blocking(group.reject_request)
        self.enter = loop.blocking(group.enter)
        self.leave = loop.blocking(group.leave)
        self.start_remark = loop.blocking(group.start_remark)


class BlockingAddressBook:
    """The address book: people, their names and states, and who is blocked."""

    def __init__(self, group: AddressBook, loop: Loop) -> None:
        self.contacts = loop.blocking(group.contacts)
        self.add = loop.blocking(group.add)
        self.remove = loop.blocking(group.remove)
        self.rename = loop.blocking(group.rename)
        self.display_name = loop.blocking(group.display_name)
        self.details = loop.blocking(group.details)
        self.block = loop.blocking(group.block)
        self.unblock = loop.blocking(group.unblock)
        self.blocked = loop.blocking(group.blocked)


class BlockingGroups:
    """Groups of the address book."""

    def __init__(self, group: Groups, loop: Loop) -> None:
        self.list = loop.blocking(group.list)
        self.create = loop.blocking(group.create)
        self.remove = loop.blocking(group.remove)
        self.rename = loop.blocking(group.rename)
        self.add_member = loop.blocking(group.add_member)
        self.remove_member = loop.blocking(group.remove_member)


class BlockingChat:
    """Messages to people and to conferences."""

    def __init__(self, group: Chat, loop: Loop) -> None:
        self.send = loop.blocking(group.send)
        self.send_to_conference = loop.blocking(group.send_to_conference)
        self.chats = loop.blocking(group.chats)
        self.messages = loop.blocking(group.messages)
        self.clear = loop.blocking(group.clear)


class BlockingFiles:
    """Files on the terminal's HTTP server, and files on their way to and from people."""

    def __init__(self, group: Files, loop: Loop) -> None:
        self.list = loop.blocking(group.list)
        self.available = loop.blocking(group.available)
        self.incoming = loop.blocking(group.incoming)
        self.outgoing = loop.blocking(group.outgoing)
        self.accept = loop.blocking(group.accept)
        self.reject = loop.blocking(group.reject)
        self.send = loop.blocking(group.send)
        self.send_to_conference = loop.blocking(group.send_to_conference)
        self.transfers = loop.blocking(group.transfers)
        self.pin = loop.blocking(group.pin)
        self.new_pin = loop.blocking(group.new_pin)
        self.check_pin = loop.blocking(group.check_pin)
        self.clear = loop.blocking(group.clear)
        self.delete = loop.blocking(group.delete)
        self.tools_shown = loop.blocking(group.tools_shown)
        self.show_tools = loop.blocking(group.show_tools)


class BlockingSlides:
    """Slides: the list of them, and showing them."""

    def __init__(self, group: Slides, loop: Loop) -> None:
        self.info = loop.blocking(group.info)
        self.add = loop.blocking(group.add)
        self.remove = loop.blocking(group.remove)
        self.move = loop.blocking(group.move)
        self.start = loop.blocking(group.start)
        self.stop = loop.blocking(group.stop)
        self.show = loop.blocking(group.show)
        self.next = loop.blocking(group.next)
        self.previous = loop.blocking(group.previous)
        self.first = loop.blocking(group.first)
        self.last = loop.blocking(group.last)


class BlockingSharing:
    """What is sent instead of, or beside, the camera."""

    def __init__(self, group: Sharing, loop: Loop) -> None:
        self.start = loop.blocking(group.start)
        self.stop = loop.blocking(group.stop)
        self.start_picture = loop.blocking(group.start_picture)
        self.stop_picture = loop.blocking(group.stop_picture)
        self.picture = loop.blocking(group.picture)
        self.frames = loop.blocking(group.frames)
        self.set_frames = loop.blocking(group.set_frames)


class BlockingDevices:
    """Microphones, loudspeakers, cameras: muting, choosing and testing them."""

    def __init__(self, group: Devices, loop: Loop) -> None:
        self.mic_muted = loop.blocking(group.mic_muted)
        self.audio_muted = loop.blocking(group.audio_muted)
        self.video_muted = loop.blocking(group.video_muted)
        self.mute_mic = loop.blocking(group.mute_mic)
        self.mute_audio = loop.blocking(group.mute_audio)
        self.mute_video = loop.blocking(group.mute_video)
        self.list = loop.blocking(group.list)
        self.choose_microphone = loop.blocking(group.choose_microphone)
        self.choose_loudspeaker = loop.blocking(group.choose_loudspeaker)
        self.choose_camera = loop.blocking(group.choose_camera)
        self.sound_device = loop.blocking(group.sound_device)
        self.choose_sound_device = loop.blocking(group.choose_sound_device)
        self.modes = loop.blocking(group.modes)
        self.set_modes = loop.blocking(group.set_modes)
        self.test_loudspeaker = loop.blocking(group.test_loudspeaker)
        self.start_mic_test = loop.blocking(group.start_mic_test)
        self.stop_mic_test = loop.blocking(group.stop_mic_test)
        self.echo_test = loop.blocking(group.echo_test)
        self.start_echo_test = loop.blocking(group.start_echo_test)
        self.stop_echo_test = loop.blocking(group.stop_echo_test)
        self.bitrate = loop.blocking(group.bitrate)
        self.rotation = loop.blocking(group.rotation)
        self.rotate = loop.blocking(group.rotate)


class BlockingPtz:
    """The terminal's own pan-tilt-zoom camera. Movements go on until `stop`. Presets need a newer terminal."""

    def __init__(self, group: Ptz, loop: Loop) -> None:
        self.controls = loop.blocking(group.controls)
        self.left = loop.blocking(group.left)
        self.right = loop.blocking(group.right)
        self.up = loop.blocking(group.up)
        self.down = loop.blocking(group.down)
        self.zoom_in = loop.blocking(group.zoom_in)
        self.zoom_out = loop.blocking(group.zoom_out)
        self.stop = loop.blocking(group.stop)
        self.pan_to = loop.blocking(group.pan_to)
        self.tilt_to = loop.blocking(group.tilt_to)
        self.zoom_to = loop.blocking(group.zoom_to)
        self.home = loop.blocking(group.home)
        self.presets = loop.blocking(group.presets)
        self.add_preset = loop.blocking(group.add_preset)
        self.apply_preset = loop.blocking(group.apply_preset)
        self.update_preset = loop.blocking(group.update_preset)
        self.remove_preset = loop.blocking(group.remove_preset)
        self.store_preset = loop.blocking(group.store_preset)
        self.change_preset = loop.blocking(group.change_preset)


class BlockingFarEnd:
    """Cameras of participants: asking for control, moving them, and answering those who ask for ours."""

    def __init__(self, group: FarEnd, loop: Loop) -> None:
        self.request = loop.blocking(group.request)
        self.accept = loop.blocking(group.accept)
        self.reject = loop.blocking(group.reject)
        self.controlled = loop.blocking(group.controlled)
        self.incoming = loop.blocking(group.incoming)
        self.outgoing = loop.blocking(group.outgoing)
        self.left = loop.blocking(group.left)
        self.right = loop.blocking(group.right)
        self.up = loop.blocking(group.up)
        self.down = loop.blocking(group.down)
        self.zoom_in = loop.blocking(group.zoom_in)
        self.zoom_out = loop.blocking(group.zoom_out)


class BlockingWindows:
    """Windows and monitors: layout of the video, the terminal's window, what the main screen shows."""

    def __init__(self, group: Windows, loop: Loop) -> None:
        self.layout = loop.blocking(group.layout)
        self.set_layout = loop.blocking(group.set_layout)
        self.to_monitor = loop.blocking(group.to_monitor)
        self.from_monitor = loop.blocking(group.from_monitor)
        self.set_window = loop.blocking(group.set_window)
        self.restore = loop.blocking(group.restore)
        self.monitors = loop.blocking(group.monitors)
        self.set_monitor = loop.blocking(group.set_monitor)
        self.widgets = loop.blocking(group.widgets)


class BlockingSettings:
    """Settings of the terminal; `appliance.terminal.messages.settings` has them with their types."""

    def __init__(self, group: Settings, loop: Loop) -> None:
        self.get = loop.blocking(group.get)
        self.set = loop.blocking(group.set)


class BlockingServer:
    """The conferencing server: reaching it, logging in, and what the account may do there."""

    def __init__(self, group: Server, loop: Loop) -> None:
        self.connection = loop.blocking(group.connection)
        self.connect = loop.blocking(group.connect)
        self.connect_to_service = loop.blocking(group.connect_to_service)
        self.account = loop.blocking(group.account)
        self.log_in = loop.blocking(group.log_in)
        self.log_out = loop.blocking(group.log_out)
        self.domain = loop.blocking(group.domain)
        self.rights = loop.blocking(group.rights)
        self.properties = loop.blocking(group.properties)


class BlockingAccess:
    """Who may control the terminal: authorising, protection of the two accounts, tokens."""

    def __init__(self, group: Access, loop: Loop) -> None:
        self.authorise = loop.blocking(group.authorise)
        self.protection = loop.blocking(group.protection)
        self.protect = loop.blocking(group.protect)
        self.clear_tokens = loop.blocking(group.clear_tokens)
        self.http_token = loop.blocking(group.http_token)


class BlockingHttpServer:
    """The terminal's HTTP server."""

    def __init__(self, group: HttpServer, loop: Loop) -> None:
        self.state = loop.blocking(group.state)
        self.start = loop.blocking(group.start)
        self.stop = loop.blocking(group.stop)
        self.settings = loop.blocking(group.settings)
        self.set = loop.blocking(group.set)


class BlockingLicence:
    """The terminal's licence."""

    def __init__(self, group: Licence, loop: Loop) -> None:
        self.type = loop.blocking(group.type)
        self.hardware_key = loop.blocking(group.hardware_key)
        self.activate = loop.blocking(group.activate)
        self.register_offline = loop.blocking(group.register_offline)


class BlockingUpdates:
    """Updates of the terminal's program."""

    def __init__(self, group: Updates, loop: Loop) -> None:
        self.info = loop.blocking(group.info)
        self.start = loop.blocking(group.start)
        self.cancel = loop.blocking(group.cancel)


class BlockingData:
    """Data that integrators keep on the terminal, by name."""

    def __init__(self, group: Data, loop: Loop) -> None:
        self.save = loop.blocking(group.save)
        self.load = loop.blocking(group.load)
        self.delete = loop.blocking(group.delete)


class BlockingSystem:
    """The terminal and its computer: versions, performance, switching off. Sleep needs a newer terminal."""

    def __init__(self, group: System, loop: Loop) -> None:
        self.info = loop.blocking(group.info)
        self.render_info = loop.blocking(group.render_info)
        self.shut_down = loop.blocking(group.shut_down)
        self.shut_down_computer = loop.blocking(group.shut_down_computer)
        self.restart_computer = loop.blocking(group.restart_computer)
        self.set_sleep_mode = loop.blocking(group.set_sleep_mode)
        self.sleep_mode = loop.blocking(group.sleep_mode)


class BlockingLayout:
    """Layout of the video with newer terminals: one window at a time."""

    def __init__(self, group: Layout, loop: Loop) -> None:
        self.set_type = loop.blocking(group.set_type)
        self.swap = loop.blocking(group.swap)
        self.hide = loop.blocking(group.hide)
        self.show = loop.blocking(group.show)
        self.crop = loop.blocking(group.crop)
        self.set_crop = loop.blocking(group.set_crop)


class BlockingWaitingRoom:
    """The waiting room of the terminal's own conferences: who is let in."""

    def __init__(self, group: WaitingRoom, loop: Loop) -> None:
        self.set_open = loop.blocking(group.set_open)
        self.set_presence = loop.blocking(group.set_presence)


class BlockingMeeting:
    """Group conferences as newer terminals hold them: smart meetings, reactions, links."""

    def __init__(self, group: Meeting, loop: Loop) -> None:
        self.pin = loop.blocking(group.pin)
        self.set_smart = loop.blocking(group.set_smart)
        self.expand_call = loop.blocking(group.expand_call)
        self.set_speaker = loop.blocking(group.set_speaker)
        self.stop_sharing = loop.blocking(group.stop_sharing)
        self.level = loop.blocking(group.level)
        self.set_level = loop.blocking(group.set_level)


class BlockingCalling:
    """What `call` would dial, people on the server, and the call history."""

    def __init__(self, group: Calling, loop: Loop) -> None:
        self.prepare = loop.blocking(group.prepare)
        self.open_link = loop.blocking(group.open_link)
        self.clear_history = loop.blocking(group.clear_history)
        self.search = loop.blocking(group.search)
        self.search_on_server = loop.blocking(group.search_on_server)


class BlockingPlanner:
    """Meetings that a program plans: the terminal's own schedule, beside the server's."""

    def __init__(self, group: Planner, loop: Loop) -> None:
        self.replace = loop.blocking(group.replace)
        self.erase = loop.blocking(group.erase)


class BlockingPicture:
    """What newer terminals do to sound and picture, and how they drive the camera."""

    def __init__(self, group: Picture, loop: Loop) -> None:
        self.blur = loop.blocking(group.blur)
        self.set_blur = loop.blocking(group.set_blur)
        self.background = loop.blocking(group.background)
        self.set_background = loop.blocking(group.set_background)
        self.noise_suppression = loop.blocking(group.noise_suppression)
        self.set_noise_suppression = loop.blocking(group.set_noise_suppression)
        self.com_port = loop.blocking(group.com_port)
        self.set_com_port = loop.blocking(group.set_com_port)
        self.set_inverted = loop.blocking(group.set_inverted)
        self.set_default_content = loop.blocking(group.set_default_content)


class BlockingNdi:
    """NDI: participants as sources for video production on the same network. Needs the PRO licence."""

    def __init__(self, group: Ndi, loop: Loop) -> None:
        self.create = loop.blocking(group.create)
        self.delete = loop.blocking(group.delete)
        self.list = loop.blocking(group.list)
        self.state = loop.blocking(group.state)
        self.set_state = loop.blocking(group.set_state)


class BlockingTransfers:
    """Files on their way, as newer terminals number them: by request."""

    def __init__(self, group: Transfers, loop: Loop) -> None:
        self.accept = loop.blocking(group.accept)
        self.reject = loop.blocking(group.reject)
        self.incoming = loop.blocking(group.incoming)
        self.outgoing = loop.blocking(group.outgoing)
        self.request = loop.blocking(group.request)
        self.history = loop.blocking(group.history)
        self.clear_history = loop.blocking(group.clear_history)
        self.send_to_conference = loop.blocking(group.send_to_conference)
        self.info = loop.blocking(group.info)


class BlockingLook:
    """What the main screen shows with newer terminals: its background, a logo, the time."""

    def __init__(self, group: Look, loop: Loop) -> None:
        self.background = loop.blocking(group.background)
        self.set_background = loop.blocking(group.set_background)
        self.reset_background = loop.blocking(group.reset_background)
        self.logo = loop.blocking(group.logo)
        self.set_logo = loop.blocking(group.set_logo)
        self.reset_logo = loop.blocking(group.reset_logo)


class BlockingSlideCache:
    """Slides as newer terminals keep them: sorting, and what is prepared for showing."""

    def __init__(self, group: SlideCache, loop: Loop) -> None:
        self.remove_all = loop.blocking(group.remove_all)
        self.sort = loop.blocking(group.sort)
        self.state = loop.blocking(group.state)
        self.remove = loop.blocking(group.remove)
        self.stop = loop.blocking(group.stop)


class BlockingServerList:
    """Servers that the terminal knows, and addresses of pages about it."""

    def __init__(self, group: ServerList, loop: Loop) -> None:
        self.available = loop.blocking(group.available)
        self.last_used = loop.blocking(group.last_used)
        self.remove = loop.blocking(group.remove)
        self.web_manager = loop.blocking(group.web_manager)
        self.profile = loop.blocking(group.profile)


class BlockingControl:
    """Versions, status and programs beside each other on newer terminals."""

    def __init__(self, group: Control, loop: Loop) -> None:
        self.use_version = loop.blocking(group.use_version)
        self.set_status = loop.blocking(group.set_status)
        self.tell_programs = loop.blocking(group.tell_programs)
        self.containers = loop.blocking(group.containers)
        self.licence_server = loop.blocking(group.licence_server)
        self.pro_key = loop.blocking(group.pro_key)


class Commands:
    """Every command of the client as a function that waits, by group."""

    def __init__(self, client: Client, loop: Loop) -> None:
        self.calls = BlockingCalls(client.calls, loop)
        self.conferences = BlockingConferences(client.conferences, loop)
        self.podium = BlockingPodium(client.podium, loop)
        self.address_book = BlockingAddressBook(client.address_book, loop)
        self.groups = BlockingGroups(client.groups, loop)
        self.chat = BlockingChat(client.chat, loop)
        self.files = BlockingFiles(client.files, loop)
        self.slides = BlockingSlides(client.slides, loop)
        self.sharing = BlockingSharing(client.sharing, loop)
        self.devices = BlockingDevices(client.devices, loop)
        self.ptz = BlockingPtz(client.ptz, loop)
        self.far_end = BlockingFarEnd(client.far_end, loop)
        self.windows = BlockingWindows(client.windows, loop)
        self.settings = BlockingSettings(client.settings, loop)
        self.server = BlockingServer(client.server, loop)
        self.access = BlockingAccess(client.access, loop)
        self.http_server = BlockingHttpServer(client.http_server, loop)
        self.licence = BlockingLicence(client.licence, loop)
        self.updates = BlockingUpdates(client.updates, loop)
        self.data = BlockingData(client.data, loop)
        self.system = BlockingSystem(client.system, loop)
        self.layout = BlockingLayout(client.layout, loop)
        self.waiting_room = BlockingWaitingRoom(client.waiting_room, loop)
        self.meeting = BlockingMeeting(client.meeting, loop)
        self.calling = BlockingCalling(client.calling, loop)
        self.planner = BlockingPlanner(client.planner, loop)
        self.picture = BlockingPicture(client.picture, loop)
        self.ndi = BlockingNdi(client.ndi, loop)
        self.transfers = BlockingTransfers(client.transfers, loop)
        self.look = BlockingLook(client.look, loop)
        self.slide_cache = BlockingSlideCache(client.slide_cache, loop)
        self.server_list = BlockingServerList(client.server_list, loop)
        self.control = BlockingControl(client.control, loop)
