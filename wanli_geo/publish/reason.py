"""Why a public map may not go out: every reason's sentence with the way out, in both languages. Sentences stand here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

_SENTENCES: dict[str, tuple[str, str]] = {
    # what must be stated
    "no_review": ("没有审图号，也没有写明不送审的依据；请写 review_number 或 ground（命令行 --review-number 或 --ground）。",
                  "There is neither a map approval number nor a stated ground; give review_number or ground (--review-number, --ground)."),
    "no_reviewer": ("没有写明审核人；请写 reviewer（命令行 --reviewer）。", "The reviewer is not stated; give reviewer (--reviewer)."),
    "no_date": ("没有写明发布日期；请写 date（命令行 --date）。", "The date is not stated; give date (--date)."),
    # lists
    "unknown_layer": ("没有图层“{layer}”；请核对 [allow]。", "There is no layer {layer}; check [allow]."),
    "layer_never_public": ("图层“{layer}”永不公开；请从公开清单里删去。", "The layer {layer} is never public; take it out of the list."),
    "column_never_public": ("“{column}”一列永不公开；请从公开清单里删去。", "The column {column} is never public; take it out of the list."),
    "column_not_allowed": ("“{column}”一列不在公开清单里；请写进 [allow]，或让它不要出去。",
                           "The column {column} is on no allow-list; add it to [allow], or keep it in the house."),
    # layers
    "no_accuracy": ("图层没有写明精度；请在 catalogue.json 里补 accuracy。", "The accuracy of the layer is not stated; add it to catalogue.json."),
    "no_source": ("图层没有写明来源；请在 catalogue.json 里补 source。", "The source of the layer is not stated; add it to catalogue.json."),
    "layer_fails": ("检查出 {count} 个错误，如：{zh}请先运行 wanli-geo check 改正。",
                    "{count} error(s) in its check, such as: {en} Run wanli-geo check and mend them first."),
    "item_never_public": ("计划条目 {item} 永不上图；请把这些要素的 public 改为否。",
                          "Item {item} of the plan is never mapped; set public to false."),
    "word_never_public": ("文字里有“{zh}”，这类内容永不公开；请核对，确属此类请把 public 改为否。",
                          "Its text speaks of {en}, which is never public; check it and set public to false."),
    "personal_number": ("文字里有手机号码 {number}，像是个人的；请改成办公电话，或把 public 改为否。",
                        "Its text holds the mobile number {number}, which looks like a person's; give an office's, or set public to false."),
    "border_line": ("这条线沿着街道界画，公开地图不描行政界线；请删去或把 public 改为否。",
                    "This line runs along the boundary, and a public map strokes no administrative border; take it out or set public to false."),
    # counts
    "small_count": ("{kind}的人数里有一个不到 10 人，或能从别的数推出来；请换一个范围更大的统计。",
                    "{kind}: a count of people is below 10, or can be worked out from the others; count over a larger area."),
    # files
    "foreign_host": ("会从别的网站取东西：{address}；公开地图只用自己的文件和写明的一家底图。",
                     "Something would be loaded from another host: {address}; the public map uses its own files and the one basemap stated."),
    "link_not_listed": ("读者能点到的链接不在 links 里：{address}；请写进 publish.toml 的 links，或删去。",
                        "A link that readers may press is not in links: {address}; add it to links in publish.toml, or take it out."),
    "border_style": ("样式给行政界描了线；公开地图不描界线。", "The style strokes an administrative border; a public map strokes none."),
    "unsafe_markup": ("页面里写着会执行的内容（{what}），网站自己的安全策略不允许；请报告给软件作者。",
                      "The page holds something that would run ({what}), which its own policy forbids; tell the makers of the software."),
    "no_policy": ("页面没有内容安全策略（CSP）；请报告给软件作者。", "The page has no content security policy; tell the makers of the software."),
    "too_heavy": ("网站共 {size} MB，超过 3 MB（图片和录音除外）；请减少图层里的细节。",
                  "The site weighs {size} MB, more than 3 MB without media; leave out detail."),
}
# Longer values are cut: a reason is read at a glance.
_LONGEST = 80


@dataclass(frozen=True)
class Reason:
    """One reason, with the way out; `where` is the layer, the file of the site or the entry of publish.toml it is about."""

    code: str
    where: str
    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.where}：{self.zh} / {self.en}"


def because(code: str, where: str, **values: object) -> Reason:
    """Make the reason of this code about that place."""
    zh, en = _SENTENCES[code]
    told = {name: text if len(text := str(value)) <= _LONGEST or name in ("zh", "en") else f"{text[:_LONGEST]}…" for name, value in values.items()}
    return Reason(code, where, zh.format(**told), en.format(**told))


def codes() -> tuple[str, ...]:
    """Name every reason there is."""
    return tuple(_SENTENCES)
