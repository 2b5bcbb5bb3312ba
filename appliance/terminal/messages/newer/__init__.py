"""What newer terminals (Room 4.1 and later) add to the interface. How sure each is: `sureness`."""
