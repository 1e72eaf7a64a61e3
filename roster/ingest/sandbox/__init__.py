"""How untrusted bytes are told apart, and read in processes of their own."""
