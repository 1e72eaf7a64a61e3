"""The numbers of a facility, computed from plain values."""
