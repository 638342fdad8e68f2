"""What people asked the AI and were answered: read as a log, and rated."""
