"""The plain page people come in by: its files, served by api/http/entrance.py."""
