"""What the mentoring programme is; runs without a browser."""

# The programme's order. Imports and foreign keys only point to the left.
PHASES = (
    "store",
    "language",
    "accounts",
    "edition",
    "people",
    "messages",
    "intake",
    "selection",
    "learning",
    "training",
    "speeddate",
    "matching",
    "mentoring",
    "certificates",
    "reporting",
    "office",
    "demo",
)
