"""What programs can ask of this room over HTTP: `/api/v1`, by a table of operations that its document is made from."""
