"""Webhooks: who is told what happens, and that it arrives."""
