"""Training and measuring: leaves that only the command line imports. torch and numpy suffice."""
