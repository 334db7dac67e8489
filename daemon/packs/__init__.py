"""Sample packs: what a pack is to hold, who makes its sounds, which of them stay, and how it comes onto the disk."""
