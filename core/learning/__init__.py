"""The self-learning area: what both sides can read and watch by themselves."""
