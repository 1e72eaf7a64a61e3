"""Other systems told of changes: who is told of what, what waits, what was taken.

- `kinds`: of what can be told, and how a change looks outside
- `subscriptions`: set up, changed, given a new secret, removed
- `deliveries`: read on from the change sequence, signed, tried again, looked up, sent again
"""
