/** What the scripts of the public pages say: Chinese first, then English. `{name}` is a value to fill in. */

export const WORDS = Object.freeze(
  /** @type {const} */ ({
    elder: ["大字", "Large text"],
    elder_off: ["标准字", "Normal text"],
    night: ["夜间", "Night"],
    day: ["日间", "Day"],
    print: ["打印", "Print"],
    aloud: ["朗读", "Read aloud"],
    aloud_stop: ["停止朗读", "Stop reading"],
    zoom_in: ["放大", "Zoom in"],
    zoom_out: ["缩小", "Zoom out"],
    fit: ["看全图", "Whole map"],
    north: ["北", "N"],
    map_label: ["地图。方向键移动，加减号缩放。内容与下面的列表相同。", "Map. Arrow keys move, plus and minus zoom. The list below tells the same."],
    map_press: ["地图。方向键移动，加减号缩放，回车键查看图中央这个地方。", "Map. Arrow keys move, plus and minus zoom, Enter asks about the middle of the map."],
    map_failed: ["地图没有打开（{why}）；下面的列表照常可看。", "The map did not open ({why}); the list below is complete."],
    search: ["找小区、道路、服务点…", "Find a compound, street or place…"],
    search_label: ["找地址", "Find an address"],
    search_none: ["没有找到“{text}”。", "Nothing found for “{text}”."],
    search_count: ["{count} 条结果", "{count} results"],
    compound: ["小区", "compound"],
    street: ["道路", "street"],
    facility: ["服务点", "place"],
  }),
);

/** @typedef {keyof typeof WORDS} Word */
