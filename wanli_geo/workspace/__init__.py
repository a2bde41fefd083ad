"""What is there: datums, layer contracts, checks, GeoJSON, OpenStreetMap, the store."""
