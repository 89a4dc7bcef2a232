"""The staff: accounts, roles, rights, sign-in."""
