"""Kits for other programs: what a kit is to all of them, one file per format, and how it comes onto the disk."""
