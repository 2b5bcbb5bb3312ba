"""`[network]` on the card: files, certificates, and what real programs make of them."""
