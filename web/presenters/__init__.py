"""Read models into the contexts of pages: pure, without session, clock or request."""
