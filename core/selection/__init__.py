"""Choosing who takes part: points, ranking, decisions by people."""
