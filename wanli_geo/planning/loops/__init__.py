"""Loops to run from a place and back to it, of a length asked for, no corner twice; pure arrays.

`score` says what a good loop is, `crossings` what a corner costs, `graph` prepares a network once, `search` looks for loops from one place,
`proposals` chooses among them and hangs a loop on a stem where there is no other.
"""
