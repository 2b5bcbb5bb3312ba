"""Killed processes: a real `offhook run` under load, ended again and again at moments that nobody chose.

A simulated terminal in a process of its own stays; the room's process is killed (SIGKILL), stopped (SIGTERM) or asked
to restart (SIGUSR1) in the middle of presses and movements, and started again (`play.py`). After each start the room
must be what the terminal is, without having sent anything but reads; what is on the disk must be whole, and nothing of
the last process left but what the kernel cannot take away.

    python -m tests.kills --kills 100        prints a line a kill, and one for all of them
"""
