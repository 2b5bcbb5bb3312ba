"""What the state of the room is made of: values alone, one module for each subject."""
