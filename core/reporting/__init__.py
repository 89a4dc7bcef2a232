"""What management asks: how the edition goes."""
