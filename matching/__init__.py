"""Ranking and team composition over read models: no table, no session, no clock."""
