"""Persons over the years."""
