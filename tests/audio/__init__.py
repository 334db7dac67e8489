"""What is heard, and the parts that play it."""
