"""`proxy` of `[network]` as the file that says how things are fetched (appliance/runtime/proxy.py)."""

import json

from appliance.card.files import File, Files
from appliance.config.network.network import Network
from appliance.config.network.proxy import no_proxy_entry, proxy_address

PATH = "etc/offhook/proxy.json"


def proxied(network: Network | None) -> Files:
    """The file; none where there is no proxy. The password is not in it: it is the credential offhook.proxy."""
    if network is None or network.proxy is None:
        return {PATH: None}
    host, port = proxy_address(network.proxy)
    said = {
        "host": host,
        "port": port,
        "user": network.proxy_user,
        "no_proxy": [no_proxy_entry(entry) for entry in network.no_proxy],
    }
    return {PATH: File(json.dumps(said, indent=2) + "\n", 0o640)}
