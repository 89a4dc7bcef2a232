"""What people are told: templates, the outbox, and the ways out of the house."""
