"""A campaign of faults: whatever the link, people and the far side do, the room knows the truth again afterwards.

A *script* is a list of steps, made from a seed (`script.py`): inputs, the far side, and faults of the link, each with
the time that passes after it. `play.py` plays it in a whole room in virtual time, and asserts at every step and at
every moment of quiet. `shrink.py` makes a script that fails as short as it can. The seed also says which terminal it
is: an older one, a newer one, and one that says both, in turn.

    python -m tests.e2e.campaign 17                           plays seed 17, and shrinks it if it fails
    python -m tests.e2e.campaign '[["press",["call"],1.0]]' 17    plays a script, with the terminal of that seed
"""
