"""Live audio: the pads' Sounds, voiced for the device, mixed by a process of its own.

`voicing` and `mixer` are arithmetic; `shared` is the memory between the daemon and the player; `player`
is that other process, the only one that opens a device; `speaker` is what the instrument talks to.
"""
