"""What each page says, from the layers and the answers: one file a page."""
