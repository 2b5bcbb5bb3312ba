"""A complete simulated terminal: real protocols on real sockets, no sound and no picture behind them."""
