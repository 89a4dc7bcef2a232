"""The year: its dates, its settings, its milestones."""
