"""A human coach beside the AI: whispers to it, takes over, hands back."""
