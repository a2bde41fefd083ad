/** What the pages of lines say by script: the walkway and the night run. */
import { filled } from "../say/name.js";
import { LANG } from "./say.js";

const WORDS = Object.freeze(
  /** @type {const} */ ({
    begin: ["从第一站开始", "Begin at the first stop"],
    next: ["下一站 →", "Next →"],
    previous: ["← 上一站", "← Back"],
    again: ["看全部各站", "All stops"],
    all_stops: ["全部各站", "All stops"],
    listen: ["听讲解", "Listen"],
    stop_listening: ["停", "Stop"],
    progress: ["第 {at} 站，共 {of} 站", "Stop {at} of {of}"],
    whole: ["全长 {metres}", "{metres} in all"],
    follow: ["从我这里出发", "Follow me"],
    stop_following: ["不跟了", "Stop following"],
    asking: ["正在问手机你在哪里…位置只留在这台手机上，不会发给任何人。", "Asking your phone where you are… The position stays on this phone and is sent to nobody."],
    you: ["你在这里，可以拖动", "You are here; drag to correct"],
    refused_insecure: ["只有用 https 打开的网页才能定位；请从街道网站进来，或在图上自己看。", "A page can ask for your position only over https; come by the street's website, or look at the map."],
    refused_unsupported: ["这个浏览器不能定位；请换一个浏览器。", "This browser cannot tell your position; try another."],
    refused_denied: ["没有得到定位的许可；请在浏览器设置里允许这个网站使用位置。", "The browser was not allowed to tell your position; allow it for this site in its settings."],
    refused_unavailable: ["暂时定不了位；到室外空旷处再试一次。", "Your position cannot be found now; try again in the open."],
    on_loop: ["你在环道上，离起点 {metres}。", "You are on the loop, {metres} from the start."],
    off_loop: ["离环道 {metres}，在你的{way}。", "The loop is {metres} away, to the {way}."],
    afar: ["你离环道 {metres}，太远了，跟不了。", "You are {metres} from the loop: too far to follow."],
    left: ["跑回起点还有 {metres}", "{metres} back to the start"],
    next_mark: ["到 {km} 公里处 {metres}", "{metres} to the {km} km mark"],
    next_kind: ["前面的{kind} {metres}", "Next {kind} {metres} ahead"],
    drag: ["点不对？按住它拖到你站的地方。", "Not where you stand? Drag the point."],
    shift: ["整体偏了几百米，改正", "It is some hundred metres off: correct"],
    unshift: ["不用改正", "Do not correct"],
    at_km: ["{km} 公里", "{km} km"],
    live: ["离起点 {metres}，还有 {left}", "{metres} from the start, {left} to go"],
    kind_water: ["饮水点", "water"],
    kind_toilet: ["厕所", "toilet"],
    kind_aed: ["AED", "AED"],
    kind_start: ["起点", "start"],
    way_0: ["北面", "north"],
    way_1: ["东北面", "north-east"],
    way_2: ["东面", "east"],
    way_3: ["东南面", "south-east"],
    way_4: ["南面", "south"],
    way_5: ["西南面", "south-west"],
    way_6: ["西面", "west"],
    way_7: ["西北面", "north-west"],
  }),
);

/**
 * @param {keyof typeof WORDS} word
 * @param {Record<string, string | number>} [values]
 */
export function say(word, values = {}) {
  return filled(WORDS[word], LANG, values);
}
