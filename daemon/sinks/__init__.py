"""What happens to sounds: the folder, the speaker, and the protocol that all of them have."""
