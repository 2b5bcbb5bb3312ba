"""Which server has this box's file, where the card does not say: what the network's DHCP and DNS tell.

Both are told by whoever is on the network, so that what they give is an address and nothing else: it must be https,
and what is fetched there counts only where one of `[fleet] signers` has signed it for this very box.
"""
