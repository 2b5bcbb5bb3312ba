"""What the pages and the API are given by the room that is built: what they show, and what they may ask."""
