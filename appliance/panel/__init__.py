"""The appliance's own pages: the web server, and a status page for whoever looks after the room."""
