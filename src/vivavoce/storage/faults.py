"""What a store raises beside the domain's errors."""


class StoreFault(Exception):
    """A statement was refused: a fault of ours, not of who asked. The text names its kind, never a value."""
