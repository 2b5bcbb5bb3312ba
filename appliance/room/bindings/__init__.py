"""(input, state) -> intents: what the configuration's words bind to inputs, and what inputs mean by themselves.

- `bindings`: the configuration's words (`press = "mute"`) as actions, checked when the configuration is read.
- `action_of`: the action that an input stands for. Buttons, encoders and readers have what is bound to them; keys,
  hooks and the keys of speakerphones mean the same everywhere.
- `said`: the words of one gesture as an action: one, several in a row, or one by the state of the room; and what of
  that could never work.
- `gestures`: presses, holds and releases become double presses, chords and the longest of several holds.
- `rows`: what several actions in a row, and what is to be confirmed, mean as intents.
- `local_cameras`: what buttons ask of a camera that the appliance controls itself. The terminal has no part in it, so
  that it works without a link.
- `resolve`: the way of an input through all that, to intents.

Six things make it more than a look-up:

- **Press or hold.** A button with a hold action does its press action when it goes up before its hold time, because
  only then it is known to be no hold (`Binding.waits_for_release`). Hanging up, muting and the camera are never
  delayed: they act on the press even so.
- **Gestures of which more may come** wait only on buttons that have such a gesture, in `RoomState.presses`, with a time
  at which it is known what they are.
- **Rows and questions** are remembered, not slept through: `RoomState.rows` says which step of which row comes next and
  when, `RoomState.confirming` what a second press confirms. Hanging up and a lost link end both kinds of waiting.
- **Camera buttons** move the camera from the press to the release. The release stops only the axis that the button
  moves, and only if no other button has turned that axis round since.
- **Held inputs.** The state remembers which inputs are down whose release means something (`RoomState.held`). When
  their device goes away (`SourceGone`), they are let go.
- **Without a link** nothing is sent and nothing is kept for later; a press explains that. Where another controller has
  taken over, and a person is to decide, a press of a call button takes the terminal back.
"""
