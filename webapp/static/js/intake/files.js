/** What may be sent: of several files the one that the others belong to, and whether it is taken at all. */

const PARTS = /\.(dbf|shx|prj|cpg)$/i;

/**
 * The file itself first, then the parts of a Shapefile that lie beside it; other files than the first are left.
 * @template {{name: string}} F
 * @param {F[]} files
 * @returns {F[]}
 */
export function mainFirst(files) {
  const main = files.find(({ name }) => !PARTS.test(name)) ?? files[0];
  if (!main || !/\.shp$/i.test(main.name)) return main ? [main] : [];
  const stem = main.name.replace(/\.shp$/i, "").toLowerCase();
  return [main, ...files.filter(({ name }) => PARTS.test(name) && name.replace(PARTS, "").toLowerCase() === stem)];
}

/**
 * The sentence why a file is not sent; null where it may be.
 * @param {{name: string, size: number}} file
 * @param {Pick<Api.Intake, "accept" | "most_bytes" | "too_large">} rules
 * @returns {Api.Sentence | null}
 */
export function fileRefused({ name, size }, { accept, most_bytes, too_large }) {
  const suffix = /\.[^.]+$/.exec(name.toLowerCase())?.[0] ?? "";
  if (!accept.includes(suffix)) {
    const told = accept.join(" ");
    return { zh: `不能读“${name}”这种文件；可读：${told}。`, en: `Files like “${name}” are not read; take one of ${told}.` };
  }
  return size > most_bytes ? too_large : null;
}
