"""Copies of the whole store, each restored and compared when it is made, and the way back from one."""
