"""`[ssh]` as authorized_keys and a file of sshd_config(5): with a key or not at all."""

from appliance.card.files import MADE, File, Files
from appliance.card.strict import strict_lines
from appliance.config.machine import Ssh

KEYS = "etc/ssh/authorized_keys/root"
SERVER = "etc/ssh/sshd_config.d/10-offhook.conf"
_KEY = r"[\w@.-]+ [A-Za-z0-9+/]+=*( .*)?"
_SERVER = f"""{MADE}AuthorizedKeysFile /etc/ssh/authorized_keys/%u
AuthenticationMethods publickey
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
X11Forwarding no
"""


def ssh(section: Ssh | None) -> Files:
    """Who may log in; nobody without a key, and then no server is needed."""
    lines = section.lines() if section else ()
    text = strict_lines("".join(f"{line}\n" for line in lines), _KEY)
    return {SERVER: File(_SERVER), KEYS: File(text, 0o600) if lines else None}
