"""A client of the whole control interface, for programs of one's own: `connect`, and a method for every command.

Every method raises `Refused` (the terminal said no: its text), `Timeout`, `LinkLost`, `Busy` (too many requests under
way), `NotPermitted` (the administrator's command on a user's connection) or `UnexpectedReply`.
"""
