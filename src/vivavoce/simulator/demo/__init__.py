"""A community of believable people, for screens and for trying things out: `vivavoce demo`."""
