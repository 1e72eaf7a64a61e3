"""Asking the states: calls, nominations, releases, interests."""
