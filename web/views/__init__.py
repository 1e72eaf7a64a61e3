"""One module per noun: GET renders a context, POST calls a use case, then 303."""
