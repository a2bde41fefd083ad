"""How it is told: palette, payloads for the page, and sheets of paper. Eats only Answers and layers."""
