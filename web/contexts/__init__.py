"""What each page shows: frozen values with ready links and ready words."""
