"""The mathematics of driftkit: schedules, denoisers, solvers, guidance, tasks, networks, training."""

import os

__version__ = "0.1.0"

# Torch's helpers shall sleep while they wait for work. Awake they take the time of whatever else runs, and where that
# is as much as there are cores, each layer waits for a helper that is not let run. OpenMP reads this with torch.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
