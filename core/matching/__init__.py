"""The final pairs: who gets whom, decided by people, computed exactly."""
