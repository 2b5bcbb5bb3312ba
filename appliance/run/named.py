"""What services are called where a room may have several of a kind."""


def named(kind: str, name: str) -> str:
    """Returns a service's name for people: `keypad`, or `keypad lectern` where it has a name of its own."""
    return kind if name == kind else f"{kind} {name}"
