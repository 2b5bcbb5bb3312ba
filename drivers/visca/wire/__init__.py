"""VISCA on the wire: frames, commands, inquiries and replies, and the packets of VISCA over IP. No I/O."""
