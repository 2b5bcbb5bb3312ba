"""A web server for pages and their JSON: server, guard, answers, static files, the form of an address to listen on."""
