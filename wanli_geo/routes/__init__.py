"""What is so along lines: linear referencing, light, crossings, banks, green links, signs. Touches no disk: arrays in, arrays out."""
