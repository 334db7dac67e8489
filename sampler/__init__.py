"""The mathematics of driftkit: schedules, denoisers, solvers, guidance, tasks, networks, training."""

__version__ = "0.1.0"
