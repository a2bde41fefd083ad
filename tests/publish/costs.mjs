// To the nearest of every kind from many places: run alike by Node and by the browser.
export function costs(walks, { walker, day, minute, limitMinutes, origins }) {
  const { walkable } = walks;
  const who = walkable.walkers.find(({ code }) => code === walker);
  const prepared = walks.at(who, { day, minute });
  return origins.map(([lon, lat]) => {
    const start = prepared.from(walkable.plane.xy(lon, lat), who.m_per_s, limitMinutes * 60 * who.m_per_s);
    if (start.isOff) return null;
    const least = walkable.kinds.map(() => Infinity);
    start.facilities().forEach((found, row) => found && (least[walkable.facilityKind[row]] = Math.min(least[walkable.facilityKind[row]], found.cost)));
    return least.map((cost) => (Number.isFinite(cost) ? cost : null));
  });
}
