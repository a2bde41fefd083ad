// Leaflet's own types for the module that the server gives under /vendor, with the parts of Renderer that a new renderer builds on.
import * as L from "leaflet";

declare module "leaflet" {
  interface Renderer {
    _container: HTMLCanvasElement;
    _bounds: L.Bounds;
    _layers: Record<string, never>;
    _map: L.Map & { _animatingZoom?: boolean };
    _update(): void;
  }
}

export * from "leaflet";
