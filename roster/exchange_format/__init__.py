"""What a file of requests or Actions holds, and how its cells are read."""
