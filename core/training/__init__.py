"""What both sides learn before they meet."""
