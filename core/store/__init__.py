"""Where facts are kept: tables, transactions, the audit, the clock and the configuration."""
