"""Inputs: each translates what a client sends into commands, and answers back. So far: OSC."""
