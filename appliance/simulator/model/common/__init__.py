"""What every part of the model is made with: context, sessions, refusals, kinds of parameters, the table's rules."""
