"""The terminal's one session, served again to other programs: the control interface as the terminal itself serves it.

A terminal admits one administrator and one user, and whoever comes evicts who is there. The appliance holds that one
session anyway, so it lets other programs use it: they connect to the appliance as if it were the terminal.
"""
