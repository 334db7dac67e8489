"""The command line: one file per group of commands, flags made from the table of controls."""

from .main import main

__all__ = ["main"]
