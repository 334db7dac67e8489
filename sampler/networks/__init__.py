"""Networks: torch modules that know frames and channels, and nothing of schedules or solvers."""
