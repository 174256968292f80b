"""Questions: frozen rows for the screens, never rows with a session behind them."""
