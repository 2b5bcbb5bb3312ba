"""What is kept of a secret that was drawn at random."""

from hashlib import sha256


def digest(secret: str) -> str:
    """Returns what is kept of a secret of 256 random bits, in which nothing can be guessed."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
