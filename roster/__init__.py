"""The roster: people, requests and Actions, and what may be done with them."""
