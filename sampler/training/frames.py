"""What the networks of frames share in a training config."""

from ..errors import Error
from .config import Config, Key

BANDS = {"bands": Key(32, "`unet`, `classifier`: coefficients per frame of the front end", 2, 1024)}
GROUPS = 4  # of channels that are normalised together


def check_frames(widths: str, config: Config) -> None:
    """`Error` where widths do not divide into groups, or the length into frames."""
    if any(width % GROUPS for width in getattr(config, widths)):
        raise Error(f"{widths} is {list(getattr(config, widths))}; each must be a multiple of {GROUPS}")
    if config.length % config.bands:
        raise Error(f"length is {config.length}; it must be a multiple of bands, which is {config.bands}")
