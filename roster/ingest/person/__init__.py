"""Who the CV is about: name, contact data, nationality."""
