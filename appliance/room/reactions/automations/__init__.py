"""What a room does by itself where `[automations]` asks for it: each a reaction, off unless configured.

`reactions.reaction` says what a reaction is. Three rules make these ones harmless:

- They act on a change that they have seen in this session. After a reconnect nothing is sent, whatever was missed.
- They act once for each such change: what the terminal refuses is not tried again, except where trying again is what
  the automation is for (`busy`), and then a bounded number of times.
- None acts on what another one does, or on what it does itself: a press of a person, a call, a meeting or the clock
  begins each of them. So however they are combined, a change is followed by a bounded number of commands, which a test
  tries with changes in any order.
"""
