"""`[network]` of `room.toml`: the wire, Wi-Fi, VLANs, further wires, 802.1X, the proxy, and own authorities."""
