"""Ids of peers, which a terminal spells in several ways."""


def whose(peer_id: str) -> str:
    """Returns the one spelling in which the ids of a peer are equal, to look somebody up by."""
    user, _, _instance = peer_id.partition("/")
    return (user if "@" in user else peer_id).casefold()  # the parts of a link are no instances
