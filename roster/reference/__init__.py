"""Countries, regions, bodies, languages, topics and administrations, as dated facts; pure."""
