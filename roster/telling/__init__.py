"""What accounts, guests and experts are told, and the links that bring them in."""
