"""The sixteen pads: their numbers, their controls, what each is called, and the knobs that move them."""
