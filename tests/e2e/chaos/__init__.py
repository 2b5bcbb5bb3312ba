"""Chaos: faults as close together as they may ever come, of the link, the devices and the box itself.

It is the campaign (`tests/e2e/campaign`), whose inputs, far side and faults of the link it takes, with more:
speakerphone, keypad and joystick are unplugged, the glass of the display fails, and the box is restarted or dies.
Beside what the campaign asserts, each quiet asserts that lamps and glass show what the terminal confirmed,
that the camera stands still, that one press is one command, that hanging up takes less than five seconds, and that no
task or descriptor has been left behind.

    python -m tests.e2e.chaos --seeds 300        plays 300 seeds; prints one line, or the least script that fails
    python -m tests.e2e.chaos '[["box dies",[],1.0]]'
"""
