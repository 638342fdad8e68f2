"""The crisis protocol outside the conversation: where people are, who is told, what is counted."""
