"""The one exception that driftkit raises on purpose."""


class Error(ValueError):
    """A sentence for the user: what, what came, what is allowed, what to do."""
