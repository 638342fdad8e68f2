"""Vivavoce: live sessions between people and an AI."""
