"""Where one walks: streets as a graph, places attached to it, the only shortest-path search. Arrays in, arrays out; touches no disk."""
