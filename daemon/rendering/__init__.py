"""From a hit to its Sound: the engine's thread, the models that are in, what is rendered ahead and is under way."""
