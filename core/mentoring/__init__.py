"""The months in which pairs meet."""
