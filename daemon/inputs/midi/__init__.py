"""MIDI: ports, notes, knobs, what they are bound to, programs."""
