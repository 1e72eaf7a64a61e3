"""Letters of authorities → the fields of a request."""
