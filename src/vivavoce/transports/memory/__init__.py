"""Devices in memory: for tests, where no network is wanted."""

from vivavoce.transports.memory.connection import MemoryConnection

__all__ = ["MemoryConnection"]
