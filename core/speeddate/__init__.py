"""The speed date: when all meet, and the ballots on which mentees write whom they would like."""
