"""`[log]` as a file of rsyslog.conf(5): the journal goes to a server over TLS, and waits while there is none.

rsyslog does TLS, waiting and repeating; the firmware writes to the journal as ever, and is held up by nothing of this.
What it makes of a line (RFC 5424):

- The message id is the event's name, such as `link_down`: the first word of the firmware's lines. Others have none.
- A line that has a MESSAGE_ID in the journal, as those of systemd do, keeps it as structured data. 32473 is the number
  that RFC 5612 has for everybody's examples; whoever reads it has to look for the name in front of it anyhow.
- What comes from the journal is not handed on to the machine's other rules: Debian's have had it by another way.

The queue is in memory, and on the disk when it is long or rsyslog ends: `DISK` at most, then the latest lines are left
out, and are in the journal only. The line that is written in the moment when the server closes the connection may be
lost, or come twice: TCP accepts it, and TLS hides from rsyslog that nobody reads any more (both seen with 8.2302).
"""

from typing import Final

from appliance.card.files import MADE, File, Files
from appliance.config.log import AUTHORITIES, Log

PATH: Final = "etc/rsyslog.d/30-offhook.conf"
LINES: Final = 2000  # in memory: what a busy box logs in an hour, less than 2 MiB
DISK: Final = "32m"  # 30,000 lines and more: days of a usual box, hours of one with a fault
WAIT: Final = (1, 60)  # seconds between two tries: the first, and the longest

_TEMPLATE: Final = """\
module(load="imjournal" StateFile="offhook-journal" PersistStateInterval="100" Ratelimit.Interval="0")
template(name="offhook" type="list") {{
  constant(value="<") property(name="pri") constant(value=">1 ")
  property(name="timereported" dateFormat="rfc3339") constant(value=" ")
  property(name="hostname") constant(value=" ") property(name="app-name") constant(value=" ")
  property(name="procid") constant(value=" ") property(name="$.event") constant(value=" ")
  property(name="$.data") constant(value=" ") property(name="msg" droplastlf="on")
}}
if $inputname == "imjournal" then {{
  set $.event = "-";
  if $programname == "offhook" then set $.event = re_extract($msg, '^ ?([a-z][a-z0-9_]*)( |$)', 0, 1, "-");
  set $.id = re_extract($!MESSAGE_ID, '^([0-9a-f]{{32}})$', 0, 1, "");
  set $.data = "-";
  if $.id != "" then set $.data = '[journal@32473 MESSAGE_ID="' & $.id & '"]';
  action(
    type="omfwd" target="{host}" port="{port}" protocol="tcp" TCP_Framing="octet-counted" template="offhook"
    StreamDriver="gtls" StreamDriverMode="1" StreamDriverAuthMode="x509/name" StreamDriverPermittedPeers="{name}"
    {files}
    queue.type="LinkedList" queue.size="{lines}" queue.filename="offhook" queue.maxDiskSpace="{disk}"
    queue.saveOnShutdown="on" queue.timeoutEnqueue="0"
    action.resumeRetryCount="-1" action.resumeInterval="{first}" action.resumeIntervalMax="{longest}"
  )
  stop
}}
"""


def syslog(log: Log) -> Files:
    """Returns the file, or that there is none."""
    text = rules(log)
    return {PATH: None if text is None else File(MADE + text)}


def rules(log: Log) -> str | None:
    """Returns what rsyslog has to know; None where nothing goes to a server."""
    server = log.server()
    if server is None:
        return None
    host, port = server
    return _TEMPLATE.format(
        host=host,
        port=port,
        name=log.syslog_name or host,
        files=_files(log),
        lines=LINES,
        disk=DISK,
        first=WAIT[0],
        longest=WAIT[1],
    )


def _files(log: Log) -> str:
    paths = {"CAFile": log.ca or AUTHORITIES, "CertFile": log.certificate, "KeyFile": log.key}
    return " ".join(f'StreamDriver.{key}="{path}"' for key, path in paths.items() if path is not None)
