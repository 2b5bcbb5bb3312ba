"""A certificate for this box by EST (RFC 7030): asked for with a password once, and renewed with itself from then on.

The steps, each of which may be the last one before the power goes:

1. A new key, kept beside the pair until it has a certificate: a server that answers later is asked for the same again.
2. The request to the server: `simpleenroll` with user and password, or `simplereenroll` with the pair in force.
3. What comes must be for that key, and valid now.
4. The new pair is tried: the server is asked for something by TLS with it.
5. One rename puts it in place of the old one. Key and certificates are one file, so that no reader ever has halves of
   two pairs.

The server is known as any other: by the system's authorities and those of `[network]`. What it says of its own
authorities (`cacerts`) is never believed; it is what a pair is tried with.
"""
