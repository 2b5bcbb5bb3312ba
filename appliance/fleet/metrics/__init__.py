"""What Prometheus reads of a room: what is counted, what each figure means, and the page that has them."""
