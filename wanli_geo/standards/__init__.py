"""Standards as data, and the ledger that judges every resident by every clause."""
