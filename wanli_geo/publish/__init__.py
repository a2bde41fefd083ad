"""The public map: a folder of files that any web host can serve, and the gate it must pass."""
