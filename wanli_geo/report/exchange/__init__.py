"""Features for other programs: GeoPackage with QGIS styles, Shapefile, KML, GPX. Each writer eats `FeatureSet`s and gives bytes."""
