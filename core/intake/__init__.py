"""Applications of both sides, from form exports or by hand."""
