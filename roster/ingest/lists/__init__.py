"""Lists of people, one a row: tables → facts."""
