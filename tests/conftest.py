"""One thread for torch and for numpy: the tests' arrays are small, and threads would cost more than they give."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read as numpy is first imported

import torch

torch.set_num_threads(1)
