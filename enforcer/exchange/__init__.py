"""Excel in and out: ledgers taken over, tables handed out."""
