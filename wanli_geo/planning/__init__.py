"""What could be: edits of a workspace as data, each answered like the workspace itself. Touches no disk."""
