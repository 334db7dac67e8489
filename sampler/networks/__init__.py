"""Networks: torch modules that know frames and channels; `kinds.py` alone knows how each becomes a denoiser."""
