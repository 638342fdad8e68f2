"""sherpa-onnx, loaded in a worker, its failures told in a sentence."""

import importlib
from collections.abc import Callable
from typing import Any, TypeVar

from vivavoce.providers.worker_loop import Refused

Made = TypeVar("Made")


def load_vendor() -> Any:
    """The package, which ships no types. Raises Refused."""
    try:
        return importlib.import_module("sherpa_onnx")
    except ImportError:
        raise Refused("the package sherpa-onnx is not installed (it comes with vivavoce[sherpa])") from None


def make(what: str, maker: Callable[[], Made]) -> Made:
    """What `maker` makes. The library reports damaged or foreign model files as RuntimeError. Raises Refused."""
    try:
        return maker()
    except (RuntimeError, AssertionError, ValueError):
        raise Refused(f"the files in {what} are no model that sherpa-onnx can load") from None
