"""The daemon: what plays, listens and answers while the sampler renders."""
