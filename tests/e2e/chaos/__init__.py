"""Chaos: faults as close together as they may ever come, of the link, the devices and the box itself.

It is the campaign (`tests/e2e/campaign`), whose inputs, far side and faults of the link it takes, with more:
speakerphone, keypad and joystick are unplugged, the glass of the display fails, and the box is restarted or dies.
Beside what the campaign asserts, each quiet asserts that lamps and glass show what the terminal confirmed,
that the camera stands still, and soon after its lever is let go or lost, that one press is one command, that hanging
up takes less than five seconds, and that no task or descriptor has been left behind.

A box that dies is one whose tasks are cancelled all at once, since time is virtual and the room is in this process;
`finally` is still reached. What a killed process leaves, real processes show.

    python -m tests.e2e.chaos --seeds 300                   plays 300 seeds; prints one line, or the least that fails
    python -m tests.e2e.chaos '[["box dies",[],1.0]]' 17    plays a script as seed 17
"""
