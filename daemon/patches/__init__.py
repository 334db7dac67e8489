"""Patches for Max, Max for Live and Pure Data, made from the table of controls."""
