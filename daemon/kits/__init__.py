"""Kits: their text, the library of them, and the pads as a kit."""
