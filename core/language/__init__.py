"""Italian and English: every text that people see, and dates and numbers as each language writes them."""
