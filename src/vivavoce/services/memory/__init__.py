"""What is kept about a person between sessions: learnt, listed, told to the next session, forgotten."""
