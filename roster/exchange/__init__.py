"""Requests and Actions in and out of files, all rows or none."""
