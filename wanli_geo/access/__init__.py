"""What is so, for people: coverage and isochrones. Arrays in, arrays out; touches no disk."""
