"""A fictional edition, drawn by lot and taken through the year by the acts that staff use."""
