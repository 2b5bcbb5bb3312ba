"""The page on which the maintainer logs in and out and changes the password, and what sends others there."""
