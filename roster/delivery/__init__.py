"""Actions: begun, planned in versions, staffed, closed, looked back on."""
