"""What tests of whole processes share: the daemon, a client of it, and eyes for its files."""
