"""Every metric that a room has: its name, what it means, and by which labels. docs/monitoring.md has this as a table.

The names follow Prometheus' practices: one prefix, base units, counters end in `_total`. A label has few values, all
from our own code or from `room.toml`: no names, ids or addresses of people, and no texts of errors. Which room it is,
and of which building and site, the scrape configuration says, not the box. What is not known is left out, and never 0.
"""

from typing import Final, Literal

import msgspec

Kind = Literal["counter", "gauge", "histogram", "info"]


class Metric(msgspec.Struct, frozen=True):
    """A metric: `name` as it is scraped, without `_total` of a counter and `_info`; `help`: what a value means."""

    name: str
    kind: Kind
    help: str
    labels: tuple[str, ...] = ()

    @property
    def scraped(self) -> str:
        """Its name in a query; a histogram has `_bucket`, `_sum` and `_count` behind it."""
        return self.name + {"counter": "_total", "info": "_info"}.get(self.kind, "")


BUCKETS: Final = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1.0, 5.0)
"""Upper bounds of `WIRE` in seconds: from a fast machine's usual to what a person takes for out of order."""

PRESSES: Final = Metric(
    "offhook_presses",
    "counter",
    "What people did to the controls of the room: pressed, turned, typed, lifted or scanned. A hold is part of its"
    " press, and moving a camera is none.",
    ("control",),
)
WIRE: Final = Metric(
    "offhook_press_to_wire_seconds",
    "histogram",
    "From when the room hears of a press until the kernel has the command for the terminal. The driver's debouncing"
    " comes before it, the network after it.",
)
FAILED: Final = Metric(
    "offhook_commands_failed",
    "counter",
    "Commands of people that came to nothing: refused by the terminal, not answered in time, the link was lost, or too"
    " many were under way.",
    ("reason",),
)
OVERFLOWS: Final = Metric(
    "offhook_queue_overflows", "counter", "What was lost because a queue was full, which the display says.", ("queue",)
)
CALLS: Final = Metric(
    "offhook_calls",
    "counter",
    "Calls that are over, by who called (`out`: the room, `in`: others, `unknown`) and what came of it: `answered`;"
    " `unanswered`, `cancelled` and `refused` of calls out; `missed` and `declined` of calls in.",
    ("direction", "outcome"),
)
IN_CALL: Final = Metric("offhook_in_call", "gauge", "1 while a call is established, also in its waiting room.")
LINK_UP: Final = Metric(
    "offhook_link_up",
    "gauge",
    "1 while the room is connected to its terminal, authorised, and knows its state.",
)
LINK_STATE: Final = Metric(
    "offhook_link_state",
    "gauge",
    "1 for how the link is: `starting`, `down` (nothing answers), `refused` (the terminal does not accept us),"
    " `evicted` (another controller took over), `up`.",
    ("state",),
)
LINK_AGE: Final = Metric("offhook_link_state_seconds", "gauge", "For how long the link has been as it is.")
CONNECTS: Final = Metric(
    "offhook_link_connects", "counter", "Sessions with the terminal that came up; those after the first are reconnects."
)
LOSSES: Final = Metric(
    "offhook_link_losses", "counter", "Sessions that were up and ended, by what the link says of it.", ("cause",)
)
RECEIVED: Final = Metric(
    "offhook_terminal_messages", "counter", "Messages of the terminal that were understood.", ("kind",)
)
DROPPED: Final = Metric(
    "offhook_terminal_reports_dropped",
    "counter",
    "What came from the terminal and was left out: frames that are no messages (`garbage`), replies to nothing"
    " (`odd_reply`), values that could not be read (`odd_value`).",
    ("reason",),
)
CUT: Final = Metric(
    "offhook_terminal_list_entries_cut",
    "gauge",
    "Entries left out of the terminal's latest lists, as too many.",
)
SURPRISES: Final = Metric(
    "offhook_terminal_surprises", "counter", "Changes of a call that no terminal should make; they were followed."
)
TERMINAL: Final = Metric(
    "offhook_terminal",
    "info",
    "The terminal, `newer` or `unknown`, as its replies have shown it.",
    ("generation",),
)
SLEEPING: Final = Metric("offhook_terminal_sleeping", "gauge", "1 while the terminal sleeps; only newer ones tell.")
SERVICE_READY: Final = Metric(
    "offhook_service_ready",
    "gauge",
    "1 while a service of the room works, 0 while it starts or is offline: its device is unplugged, its port is taken.",
    ("service",),
)
SERVICE_AGE: Final = Metric(
    "offhook_service_state_seconds", "gauge", "For how long a service has been as it is.", ("service",)
)
SERVICE_FAILURES: Final = Metric(
    "offhook_service_failures", "counter", "How often a service went offline since the firmware started.", ("service",)
)
DEVICES: Final = Metric("offhook_devices", "gauge", "Devices that `room.toml` has, by kind.", ("kind",))
PRESENT: Final = Metric("offhook_devices_present", "gauge", "How many of them are there and work.", ("kind",))
OUTPUT: Final = Metric(
    "offhook_output_on",
    "gauge",
    "1 while what the box switches is on: relays, and displays (`screen NAME`). Left out while nobody knows.",
    ("output",),
)
OUTPUTS_UNKNOWN: Final = Metric(
    "offhook_outputs_unknown",
    "gauge",
    "Outputs of which nobody knows whether they are on: a display that does not answer.",
)
LAMPS: Final = Metric("offhook_lamps", "gauge", "Lamps, coloured lights and bars that `room.toml` has.")
LAMPS_UNKNOWN: Final = Metric(
    "offhook_lamps_unknown", "gauge", "How many of them show that the room does not know what they should show."
)
BUILD: Final = Metric("offhook_build", "info", "Which firmware this is.", ("version",))
START: Final = Metric(
    "offhook_start",
    "info",
    "Why the firmware was started last: `boot`, or how systemd says that it ended before (`success`: it was asked to;"
    " `exit-code`, `signal`, `watchdog`, `oom-kill`, …), or `unknown`.",
    ("reason",),
)
UPTIME: Final = Metric("offhook_uptime_seconds", "gauge", "For how long the firmware has been running.")
HOST_UPTIME: Final = Metric("offhook_host_uptime_seconds", "gauge", "For how long the box has been running.")
TEMPERATURE: Final = Metric("offhook_host_temperature_celsius", "gauge", "Of the box's processor.")
THROTTLED: Final = Metric(
    "offhook_host_throttled",
    "gauge",
    "1 while the processor is slower than it could be, for heat or want of power.",
)
UNDER_VOLTAGE: Final = Metric("offhook_host_under_voltage", "gauge", "1 while the supply gives less than 4.63 V.")
CLOCK: Final = Metric(
    "offhook_host_clock_synchronised",
    "gauge",
    "1 once a time server has told the time since the box started. Only with systemd-timesyncd, as on the card.",
)
DISK_SIZE: Final = Metric(
    "offhook_host_disk_size_bytes", "gauge", "Of the file system on which the room keeps what it remembers."
)
DISK_FREE: Final = Metric("offhook_host_disk_free_bytes", "gauge", "What is left of it for the firmware.")
DISK_READ_ONLY: Final = Metric(
    "offhook_host_disk_read_only", "gauge", "1 while nothing can be written there: a card that is worn out."
)
CERTIFICATE: Final = Metric(
    "offhook_certificate_expiry_timestamp_seconds",
    "gauge",
    "When a certificate that the box shows ends, in Unix seconds, by the table of `room.toml` that names it.",
    ("table",),
)
CALENDAR: Final = Metric(
    "offhook_calendar_read_timestamp_seconds",
    "gauge",
    "When the calendar of `[calendar]` was read last, in Unix seconds; what the box remembers of it counts.",
)
ALL: Final = tuple(each for each in list(globals().values()) if isinstance(each, Metric))
"""All of them, in the order in which they are scraped."""

PROCESS: Final = (
    Metric("offhook_process_virtual_memory_bytes", "gauge", "Virtual memory of the firmware's process."),
    Metric("offhook_process_resident_memory_bytes", "gauge", "Memory that it really has."),
    Metric("offhook_process_start_time_seconds", "gauge", "When it was started, in Unix seconds."),
    Metric("offhook_process_cpu_seconds", "counter", "Processor time that it has used."),
    Metric("offhook_process_max_fds", "gauge", "Files that it may have open."),
    Metric("offhook_process_open_fds", "gauge", "Files, sockets and devices that it has open."),
)
"""What the library of Prometheus itself tells of the process; the sentences here are for the documentation."""
