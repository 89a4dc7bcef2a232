"""What spans all phases."""
