"""Every fault of a pack of clauses: its sentence and the way out, in both languages. Sentences stand here and nowhere else."""

from __future__ import annotations

from typing import Any

from wanli_geo.errors import BadPack
from wanli_geo.workspace.faults import brief
from wanli_geo.workspace.findings import Finding

_TOLD = 8  # reasons in one sentence; the rest are counted
_AS_UTF8 = ("请用记事本打开，“另存为”时编码选 UTF-8。", "Open it in a text editor and save it with the encoding UTF-8.")

FAULTS: dict[str, tuple[str, str, str, str]] = {  # Chinese, English, fix in Chinese, fix in English
    # the file as a whole
    "no_file": ("不是普通文件：可能是文件夹、链接、管道，或没有权限。", "This is no plain file: a folder, a link, a pipe, or not permitted.",
                "请换成普通的 .toml 文件，或删去它。", "Put a plain .toml file there, or delete it."),
    "too_big": ("文件有 {size} 字节，超过 1 MB，不像是标准文件。", "The file has {size} bytes, more than 1 MB; no pack is that large.",
                "请只留条文。", "Keep nothing but the clauses."),
    "empty": ("文件是空的。", "The file is empty.", "请用 wanli-geo standards new 复制一份来改。", "Copy one with `wanli-geo standards new`."),
    "utf16": ("文件是 UTF-16 编码，不是 UTF-8。", "The file is encoded in UTF-16, not in UTF-8.", *_AS_UTF8),
    "gbk": ("文件是 GBK（GB18030）编码，不是 UTF-8。", "The file is encoded in GBK (GB18030), not in UTF-8.", *_AS_UTF8),
    "not_utf8": ("第 {byte} 字节不是 UTF-8 文字。", "Byte {byte} is no UTF-8 text.", *_AS_UTF8),
    "long_line": ("这一行有 {size} 个字，太长。", "This line has {size} signs, which is too long.", "请分成几行。", "Break it up."),
    "not_toml": ("{zh}（{why}）。", "This is no TOML: {why}.", "{fix_zh}", "{fix_en}"),
    # keys
    "unknown_key": ("没有“{key}”这一项。", "There is no key “{key}”.", "相近的有：{near}。", "Near it: {near_en}."),
    "missing_key": ("{owner}缺少“{key}”（{zh}）。", "“{key}” is missing from {owner_en}.",
                    "请补上一行，如 {example}。", "Add a line such as {example}."),
    "not_tables": ("“{key}”要一条一段，每段以 [[{key}]] 开头。", "“{key}” must be tables, each beginning with [[{key}]].",
                   "请用两层方括号。", "Use double square brackets."),
    "not_table": ("“{key}”要写成一段，以 [{key}] 开头。", "“{key}” must be a table that begins with [{key}].",
                  "如：[tiers] 下面写 15 = 1000。", "Such as [tiers] and below it 15 = 1000."),
    "no_clause": ("一条条文也没有。", "There is no clause at all.", "请至少写一段 [[clause]]。", "Write at least one [[clause]]."),
    # values
    "not_text": ("“{key}”要写文字，这里是 {value}。", "“{key}” takes a text; here is {value}.",
                 "请加英文引号，如 \"15\"。", "Put it in quotes, such as \"15\"."),
    "blank": ("“{key}”是空的。", "“{key}” is empty.", "请填写，或删去这一行。", "Fill it in, or delete the line."),
    "control": ("“{key}”里有看不见的控制字符、制表符或换行。", "“{key}” holds invisible control characters, tabs or line ends.",
                "请重新录入，写在一行里。", "Type it again, on one line."),
    "not_slug": ("“{key}”不能是“{value}”。", "“{key}” cannot be “{value}”.",
                 "请用小写英文字母、数字、短横线，最多 40 个，如 my-gb50180；不能用 con、nul 之类系统保留的名字。",
                 "Use lower-case ASCII letters, digits and hyphens, up to 40, such as my-gb50180; not con, nul and the like."),
    "not_clause_id": ("条文编号不能是“{value}”。", "“{value}” cannot be the id of a clause.",
                      "请用英文字母、数字、短横线、下划线，最多 64 个，如 10-EDU_PRIMARY。",
                      "Use ASCII letters, digits, hyphens and underscores, up to 64, such as 10-EDU_PRIMARY."),
    "duplicate_id": ("条文编号“{value}”已在第 {first} 行用过。", "The clause id “{value}” is taken in line {first}.",
                     "请改成不同的编号。", "Give it another id."),
    "not_tier": ("层级不能是“{value}”。", "“{value}” is no tier.",
                 "请写 \"5\"、\"10\"、\"15\"、\"5-10\" 这样的分钟数；小区内写 \"0\"；没有层级就删去这一行。",
                 "Write minutes such as \"5\", \"10\", \"15\", \"5-10\"; \"0\" for the block; delete the line where there is none."),
    "not_choice": ("“{key}”不能填 {value}。", "{value} is no choice for “{key}”.", "可填：{near}。", "Choose: {near_en}."),
    "not_flag": ("“{key}”要写 true 或 false，这里是 {value}。", "“{key}” takes true or false; here is {value}.",
                 "核对过正式文本的写 true，不加引号。", "Write true, without quotes, where it was held against the printed text."),
    "not_list": ("“{key}”要写成列表，至少一个，如 {example}。", "“{key}” takes a list of at least one, such as {example}.",
                 "请加方括号和引号。", "Use square brackets and quotes."),
    "twice": ("“{key}”里“{value}”写了两次。", "“{value}” stands twice in “{key}”.", "请只留一个。", "Keep one."),
    "unknown_kind": ("没有“{value}”这类设施。", "There is no facility kind “{value}”.", "相近的有：{near}；全部见 wanli-geo kinds。",
                     "Near it: {near_en}; all of them by `wanli-geo kinds`."),
    "unknown_age": ("没有“{value}”这个年龄段。", "There is no age group “{value}”.", "可填：{near}；为所有人就删去这一行。",
                    "Choose: {near_en}; delete the line where it is for everybody."),
    "not_number": ("“{key}”要写数，这里是 {value}。", "“{key}” takes a number; here is {value}.", "请只写数字，不加引号和单位。",
                   "Write digits only, without quotes or unit."),
    "not_finite": ("“{key}”是 NaN 或无穷大。", "“{key}” is NaN or infinite.",
                   "条文没有写的，请删去这一行。", "Delete the line where the clause does not say it."),
    "not_positive": ("“{key}”是 {value}，要大于零。", "“{key}” is {value}, but must be above zero.", "条文没有写的，请删去这一行。",
                     "Delete the line where the clause does not say it."),
    "absurd": ("“{key}”大于 {most}，不像是{zh}。", "“{key}” is above {most}, which cannot be meant.",
               "请核对数值和单位。", "Check the value and its unit."),
    # between values
    "min_over_max": ("“{low}”大于“{high}”。", "“{low}” is above “{high}”.", "请核对两个数。", "Check both numbers."),
    "area_of_what": ("写了面积，没写是建筑面积还是用地面积。", "There is an area, but not of what.",
                     "请补上 area_is = \"building\" 或 area_is = \"land\"。",
                     "Add area_is = \"building\" or area_is = \"land\"."),
    "presence_and_walk": ("既写了步行距离或时间，又写了 presence（至少一处）。", "There are both a walk and `presence`.",
                          "请删去其中一样：有距离就按距离判。", "Delete one of them: where there is a walk, the walk is judged."),
    "no_measure": ("这一条没法判：没写距离、时间、至少一处、千人指标，层级也没有默认距离。",
                   "This clause cannot be judged: no walk, no presence, no index, and its tier has no distance.",
                   "请写 max_walk_m（米）、max_walk_min（分钟）或 presence；只想列出来的，改成 [[reference]]。",
                   "Write max_walk_m, max_walk_min or presence; to show it only, make it a [[reference]]."),
    # a folder of packs
    "no_folder": ("standards 不是文件夹。", "`standards` is no folder.", "请换成文件夹，标准文件放在里面。", "Put a folder there, the packs in it."),
    "two_packs": ("编号“{value}”与“{other}”相同。", "The id “{value}” is that of “{other}” too.", "请改掉其中一个的 id，或删去一个文件。",
                  "Change the id of one of them, or delete one file."),
}


def found(code: str, file: str, line: int, *, column: str | None = None, **words: Any) -> Finding:
    """Make the finding of a fault in a line of a file; `words` fill the gaps of its sentences."""
    zh, en, fix_zh, fix_en = sentences(code, key=column, **words)
    at = (f"第 {line} 行：{zh}", f"Line {line}: {en}")
    return Finding("error", f"pack_{code}", brief(file, 200), *at, fix_zh, fix_en, column=column and brief(column))


def sentences(code: str, **words: Any) -> tuple[str, str, str, str]:
    """Fill the sentences of a fault: Chinese, English, the way out in Chinese, in English."""
    told = {key: shown(value) for key, value in words.items()}
    told["near_en"] = told.get("near", "").replace("、", ", ")
    zh, en, fix_zh, fix_en = (sentence.format(**told) for sentence in FAULTS[code])
    return zh, en, fix_zh, fix_en


def refusal(file: str, faults: list[Finding]) -> BadPack:
    """Say in one sentence all that is wrong with a file, the first reasons in full."""
    told, more = faults[:_TOLD], len(faults) - _TOLD
    zh = "".join(f"{fault.zh}{fault.fix_zh}" for fault in told) + (f"另有 {more} 处。" if more > 0 else "")
    en = " ".join(f"{fault.en} {fault.fix_en}" for fault in told) + (f" And {more} more." if more > 0 else "")
    return BadPack(f"标准文件“{brief(file, 200)}”读不懂。{zh}", f"The pack “{brief(file, 200)}” cannot be read. {en}")


def shown(value: Any) -> str:
    """Print a value of a stranger's file, short; a whole number of thousands of digits is not even written out."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**15:
        return "10¹⁵…"
    return brief(value, 200)
