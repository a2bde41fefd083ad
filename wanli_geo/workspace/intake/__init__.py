"""A planner's file in: read in a process of its own, matched, judged, checked, told, and only then written, with a way back."""
