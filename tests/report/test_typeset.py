"""A document comes out of the printer whole: fonts inside, Chinese readable, nothing beyond the edge, nothing obeyed."""

import math
import re
import shutil
import struct
import subprocess
import sys

import pytest

from wanli_geo.errors import NoFont
from wanli_geo.report import charts, typeset
from wanli_geo.report.document import Column, Document, Figure, Figures, Items, Picture, Section, Table, Text, Tint

pytest.importorskip("typst")
EVIL = '#set page(width: 1cm) $x$ <b> "quote" \\ `code` @ref'


def document(*sections, kind="report", lang="zh", about=(), **more):
    told = {"title": "体检报告", "subtitle": "GB 50180", "place": "五路村", "date": "2026-11-24", "sketch": True, "attribution": "© 村委会",
            "run_ids": ("3e629327f7610164",)}
    return Document(kind=kind, lang=lang, sections=sections, about=about, **{**told, **more})


def table(rows, shown=None, tints=None):
    columns = (Column("小区", weight=2), Column("居民", "count"), Column("比例", "share"), Column("走", "minutes"))
    return Table("表", "缺口清单", columns, tuple(rows), tints or {}, shown, "注")


def ran(tool, pdf, tmp_path, *options):
    """What a tool of poppler says of a PDF."""
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} 没有安装：apt-get install poppler-utils。 / {tool} is not installed: apt-get install poppler-utils.")
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf)
    to = ["-"] if tool == "pdftotext" else []
    return subprocess.run([tool, *options, str(file), *to], capture_output=True, text=True, check=True).stdout


def test_the_same_document_gives_the_same_bytes():
    chart = charts.bars("题", ["甲"], [charts.Series("a", (3,), "#7fb8a8")])
    made = document(Section("总览", (Figures((Figure("缺口", "28,200 人", tone="gap"),)), chart, table([("东园", 100, 0.5, 1.25)]))))
    assert typeset.pdf(made) == typeset.pdf(made)


def test_chinese_comes_back_and_every_font_is_inside(tmp_path):
    pdf = typeset.pdf(document(Section("总览", (Text("步行五百米内有社区食堂"), table([("东园", 1234, 0.456, None)])))))
    text = close(ran("pdftotext", pdf, tmp_path))
    for part in ("步行五百米内有社区食堂", "东园", "1,234", "45.6%", "—", "五路村", "示意", "© 村委会", "3e629327f7610164", "2/2"):
        assert close(part) in text
    fonts = ran("pdffonts", pdf, tmp_path).splitlines()[2:]
    assert fonts and all(re.search(r"yes yes yes", line) for line in fonts)


def close(text):
    """A text without the blanks and line ends that a reader of PDF puts in as it sees fit."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize(("lang", "tag"), [("zh", b"zh-CN"), ("en", b"en-GB")])
def test_a_pdf_is_tagged_in_its_language_with_its_title(lang, tag, tmp_path):
    pdf = typeset.pdf(document(Section("s", (Text("t"),)), lang=lang))
    assert b"/Lang(" + tag in pdf.replace(b"/Lang (", b"/Lang(")
    told = ran("pdfinfo", pdf, tmp_path)
    assert re.search(r"Title:\s+体检报告", told) and re.search(r"Tagged:\s+yes", told)


def test_what_a_user_wrote_is_printed_and_never_obeyed(tmp_path):
    made = document(Section(EVIL, (Text(EVIL), Items((EVIL,)), Figures((Figure(EVIL, "1", EVIL),)), table([(EVIL, 1, 1.0, 1.0)]))),
                    title=EVIL, place=EVIL, subtitle=EVIL, attribution=EVIL)
    pdf = typeset.pdf(made)
    assert "595.276 x 841.89" in ran("pdfinfo", pdf, tmp_path)
    assert close(ran("pdftotext", pdf, tmp_path)).count(close(EVIL)) >= 5


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_no_word_runs_off_the_page(paper, tmp_path):
    endless = ("W" * 900, "字" * 900, "x-y" * 300)
    wide = Table("宽", "宽", tuple(Column(f"列{number}") for number in range(20)), (("v" * 60,) * 20,))
    made = document(Section("长" * 200, (*(Text(text) for text in endless), table([(text, 1, 1.0, 1.0) for text in endless]), wide)), kind="sheet")
    boxes = ran("pdftotext", typeset.pdf(made, paper=paper), tmp_path, "-bbox")
    width = float(re.search(r'<page width="([\d.]+)"', boxes)[1])
    ends = [float(value) for value in re.findall(r'xMax="([\d.]+)"', boxes)]
    assert ends and max(ends) < width - 40


def test_a_long_table_goes_on_over_pages_under_its_heading(tmp_path):
    pdf = typeset.pdf(document(Section("表", (table((f"园{number}", number, 0.5, 1.0) for number in range(2_000)),)), kind="sheet"))
    text = ran("pdftotext", pdf, tmp_path)
    assert "园00" in close(text) and "园1999" in close(text)
    assert len(re.findall("小区", text)) == text.count("\f") > 10


def test_rows_not_shown_are_said_to_be_in_the_workbook(tmp_path):
    text = ran("pdftotext", typeset.pdf(document(Section("表", (table((("园", 1, 0.5, 1.0),) * 60, shown=40),)), kind="sheet")), tmp_path)
    assert close("共 60 行，此处印前 40 行") in close(text)


def test_a_cell_is_told_as_in_word_and_excel(tmp_path):
    """No number without end, and no year of a column of texts made whole or parted by thousands."""
    odd = Table("表", "表", (Column("甲"), Column("乙", "metres"), Column("丙")), (("a", math.inf, 2026), ("b", -math.inf, 2.5)))
    text = close(ran("pdftotext", typeset.pdf(document(Section("表", (odd,)), kind="sheet")), tmp_path, "-layout"))
    assert "a—2026" in text and "b—2.5" in text


def test_a_wide_section_lies_across_on_a4_and_its_cells_are_tinted(tmp_path):
    tints = {(0, 1): Tint("#f7c38b", "#2b2a27"), (0, 2): Tint("#e4e2dd", "#2b2a27", hatched=True)}
    pdf = typeset.pdf(document(Section("矩阵", (table([("园", 1, 0.5, 1.0)], tints=tints),), page=True, wide=True)))
    assert "841.89 x 595.276" in ran("pdfinfo", pdf, tmp_path, "-f", "2", "-l", "2")


def test_many_sections_get_a_table_of_contents(tmp_path):
    many, few = ([Section(f"第{number}节", (Text("x"),)) for number in range(count)] for count in (7, 3))
    assert "目录" in ran("pdftotext", typeset.pdf(document(*many)), tmp_path)
    assert "目录" not in ran("pdftotext", typeset.pdf(document(*few)), tmp_path)


def test_a_text_with_controls_and_half_characters_is_still_set():
    odd = Section("a\x00\x1b", (Text("\ud800\u202e\x07b\n\nc"), Items(()), Figures(()), Text("")))
    assert typeset.pdf(document(odd, title="")).startswith(b"%PDF")


def test_a_picture_is_as_wide_as_asked():
    png = typeset.png(charts.bars("题", ["甲"], [charts.Series("a", (3,), "#7fb8a8")]).draw(174, 40), width_px=900)
    assert png.startswith(b"\x89PNG") and struct.unpack(">I", png[16:20]) == (900,)


def test_without_a_chinese_font_the_sentence_says_how_to_get_one():
    with pytest.raises(NoFont, match=r"fonts-noto-cjk.*Windows"):
        typeset.chosen({"DejaVu Sans", "Libertinus Serif"})


def test_without_typst_the_sentence_names_the_extra():
    script = "import sys; sys.modules['typst'] = None\nfrom wanli_geo.report import typeset\ntypeset.png('<svg/>')"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "MissingExtra" in done.stderr and "wanli-geo[report]" in done.stderr


def filling(drawn, aspect=1.4):
    """A picture that fills its page, and notes at what sizes it was drawn."""
    def draw(width, height):
        drawn.append((width, height))
        return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm"><circle cx="40" cy="40" r="30"/></svg>'
    return Picture("图", "一张图", draw, aspect, fills=True)


@pytest.mark.parametrize("paper", ["a4", "a3"])
@pytest.mark.parametrize("rows", [2, 12, 20])
@pytest.mark.parametrize("kind", ["report", "sheet"])
def test_a_picture_takes_what_its_page_leaves_and_no_second_page(kind, rows, paper, tmp_path):
    drawn = []
    part = Section("总览", (Text("步行五百米"), filling(drawn), table([("东园", 100, 0.5, 1.25)] * rows)), page=True)
    pdf = typeset.pdf(document(part, kind=kind), paper=paper)
    assert f"Pages: {2 if kind == 'report' else 1}" in re.sub(" +", " ", ran("pdfinfo", pdf, tmp_path))
    (width, height), = drawn
    foot = {"a4": 297, "a3": 420}[paper] - 20
    boxes = ran("pdftotext", pdf, tmp_path, "-bbox")
    ends = [float(value) / 72 * 25.4 for value in re.findall(r'yMax="([\d.]+)"', boxes[boxes.rindex("<page") :])]
    assert height == int(width / 0.8) or max(end for end in ends if end < foot) > foot - 8


def test_a_page_too_full_gives_its_picture_the_next_one(tmp_path):
    drawn = []
    part = Section("总览", (table([("东园", 100, 0.5, 1.25)] * 36), filling(drawn)), page=True)
    pages = ran("pdfinfo", typeset.pdf(document(part, kind="sheet")), tmp_path)
    assert "Pages: 2" in re.sub(" +", " ", pages)
    assert drawn == [typeset.fit(1.4, 174, 237)]


@pytest.mark.parametrize(("lang", "runs"), [("zh", 10), ("en", 10), ("zh", 1)])
def test_the_foot_is_one_line_however_many_the_runs(lang, runs, tmp_path):
    made = document(Section("总览", (Text("字"),)), lang=lang, kind="sheet", run_ids=tuple(f"{number:016x}" for number in range(runs)),
                    attribution="© OpenStreetMap contributors, ODbL")
    last = close(ran("pdftotext", typeset.pdf(made), tmp_path, "-layout").strip().splitlines()[-1])
    assert all(part in last for part in ("©OpenStreetMap", "0000000000000000", "1/1"))


def test_quotation_marks_in_english_are_as_narrow_as_its_letters(tmp_path):
    boxes = {lang: ran("pdftotext", typeset.pdf(document(Section("a", (Text("“must”"),)), lang=lang, kind="sheet")), tmp_path, "-bbox")
             for lang in ("zh", "en")}
    wide = {lang: [float(end) - float(start) for start, end in re.findall(r'xMin="([\d.]+)"[^>]*xMax="([\d.]+)"[^>]*>[^<]*must', text)]
            for lang, text in boxes.items()}
    assert sum(wide["en"]) < sum(wide["zh"])


def test_a_usual_word_keeps_whole_in_its_column(tmp_path):
    columns = (Column("Beyond, m", "metres", 0.1), Column("Unreached", "count", 0.1), Column("Id", weight=0.1), Column("Name", weight=9))
    made = Table("t", "t", columns, ((1, 2, "fa-canteen-01", "a name"),))
    text = ran("pdftotext", typeset.pdf(document(Section("a", (made,)), lang="en", kind="sheet")), tmp_path)
    assert all(word in text for word in ("Beyond,", "Unreached", "fa-canteen-01"))


def test_the_cover_bears_its_picture(tmp_path):
    drawn = []
    made = document(Section("总览", (Text("字"),)), cover=filling(drawn))
    assert "Pages: 2" in re.sub(" +", " ", ran("pdfinfo", typeset.pdf(made), tmp_path))
    assert len(drawn) == 1
