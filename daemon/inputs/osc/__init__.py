"""OSC: packets, commands by their signatures, answers and subscribers."""
