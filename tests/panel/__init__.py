"""The panel in a browser."""
