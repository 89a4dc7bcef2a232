"""Attestations for both sides, and the mentors whom the programme thanks in public."""
