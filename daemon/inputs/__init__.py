"""What comes in: OSC, MIDI and files, each turned into calls of the same few commands."""
