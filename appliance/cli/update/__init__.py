"""The command `offhook update`: which version a card has, which it could have, and how it gets it."""
