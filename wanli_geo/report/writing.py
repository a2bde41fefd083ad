"""One table: the suffix of a file → how an Answer is written as that. Every verb's `--out` and every download reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from wanli_geo.answer import Answer
from wanli_geo.errors import WrongUsage
from wanli_geo.report import word
from wanli_geo.report.carto.answers import PAINTERS
from wanli_geo.report.document import Document
from wanli_geo.report.drawing import map_of
from wanli_geo.report.exchange.features import checked_crs, of_answer
from wanli_geo.report.exchange.geopackage import gpkg
from wanli_geo.report.exchange.gpx import gpx
from wanli_geo.report.exchange.kml import kml
from wanli_geo.report.exchange.shapefile import encoding_of, shapefiles
from wanli_geo.report.files import MAIN, to_csv, to_geojson
from wanli_geo.report.say import lang_of
from wanli_geo.report.sheet import sheet
from wanli_geo.report.telling import told
from wanli_geo.report.typeset import Paper, fonts, pdf, png
from wanli_geo.report.workbook import xlsx
from wanli_geo.workspace.store import Workspace

_MAP_MM, _MAP_PX = 267.0, 2_400  # as wide as an A4 sheet laid across, at 230 dots to the inch


@dataclass(frozen=True)
class Wanted:
    """How a file is wanted; what is left out is WGS84, UTF-8, Chinese, A4 and no date."""

    lang: str = "zh"
    crs: str = ""
    encoding: str = ""
    paper: Paper = "a4"
    date: str = ""


@dataclass(frozen=True)
class Writer:
    """How an answer becomes a file.

    Attributes:
        questions: whose answers make sense so.
        takes: which of `crs` and `encoding` it can be asked for.
        ready: raises MissingExtra or NoFont where this machine cannot write it.
    """

    zh: str
    en: str
    write: Callable[[Answer, Workspace, Wanted], bytes]
    questions: frozenset[str]
    takes: frozenset[str] = field(default_factory=frozenset)
    ready: Callable[[], object] = lambda: None


_ALL = frozenset(MAIN)
_DRAWN = frozenset(question for question, (features, _) in MAIN.items() if features)
_MAPPED = frozenset(PAINTERS)
_SHEETS = frozenset({"coverage", "gaps", "isochrone", "walk"})
# Of these answers only what a runner follows and meets goes on a phone or a watch; all else would be tracks upon tracks.
_ON_A_WATCH = {"night_run": ("route", "marks", "amenities"), "red_walkway": ("route", "stops", "marks"), "loops": ("loops", "marks", "start")}
_ROUTES = frozenset({"walk", "night_run", "red_walkway", "loops", "marks", "works"})


def _csv(answer: Answer, _: Workspace, wanted: Wanted) -> bytes:
    text = to_csv(answer)
    return text if encoding_of(wanted.encoding) == "UTF-8" else text.decode("utf-8-sig").encode("gb18030")


def _document(answer: Answer, workspace: Workspace, wanted: Wanted) -> Document:
    return told(answer, workspace, wanted.lang, date=wanted.date)


def _svg(answer: Answer, workspace: Workspace, wanted: Wanted) -> str:
    picture = map_of(answer, workspace, lang_of(wanted.lang))
    return picture.draw(_MAP_MM, _MAP_MM / picture.aspect)


WRITERS: Mapping[str, Writer] = {
    ".geojson": Writer("GeoJSON", "GeoJSON", lambda answer, *_: to_geojson(answer), _DRAWN),
    ".gpkg": Writer("GeoPackage（带 QGIS 样式）", "GeoPackage with QGIS styles",
                    lambda answer, _, wanted: gpkg(of_answer(answer), crs=wanted.crs), _DRAWN, frozenset({"crs"})),
    ".zip": Writer("Shapefile（压缩包）", "zipped Shapefiles",
                   lambda answer, _, wanted: shapefiles(of_answer(answer), crs=wanted.crs, encoding=wanted.encoding), _DRAWN,
                   frozenset({"crs", "encoding"})),
    ".kml": Writer("KML", "KML", lambda answer, *_: kml(of_answer(answer)), _DRAWN),
    ".gpx": Writer("GPX 路线", "GPX route", lambda answer, *_: gpx(of_answer(answer, _ON_A_WATCH.get(answer.question, ()))), _ROUTES),
    ".csv": Writer("CSV 表格", "CSV table", _csv, _ALL, frozenset({"encoding"})),
    ".xlsx": Writer("Excel", "Excel", lambda *asked: xlsx(_document(*asked)), _ALL),
    ".docx": Writer("Word", "Word", lambda *asked: word.docx(_document(*asked)), _ALL, ready=word.ready),
    ".pdf": Writer("PDF", "PDF", lambda answer, workspace, wanted: pdf(_document(answer, workspace, wanted), paper=wanted.paper), _ALL, ready=fonts),
    ".png": Writer("PNG 地图", "PNG map", lambda *asked: png(_svg(*asked), width_px=_MAP_PX), _MAPPED, ready=fonts),
    ".svg": Writer("SVG 地图", "SVG map", lambda *asked: _svg(*asked).encode(), _MAPPED),
    ".html": Writer("网页", "web page", lambda answer, workspace, wanted: sheet(answer, workspace, wanted.lang).encode(), _SHEETS),
    ".json": Writer("JSON", "JSON", lambda answer, *_: (answer.to_json() + "\n").encode(), _ALL),
}


def suffixes(question: str) -> tuple[str, ...]:
    """Give the suffixes that an answer to `question` can be written as."""
    return tuple(suffix for suffix, writer in WRITERS.items() if question in writer.questions)


def check(question: str, suffix: str, wanted: Wanted) -> None:
    """See to it, before anything is computed, that an answer to `question` can be written so.

    Raises:
        WrongUsage: there is no such suffix, language, CRS or encoding, this suffix does not take it, or an answer to such a question cannot be
            told so: it has no map, no route, no features.
        MissingExtra: an optional part is not installed.
        NoFont: there is no Chinese font to print with.
    """
    possible = "、".join(suffixes(question)), ", ".join(suffixes(question))
    if suffix not in WRITERS:
        raise WrongUsage(f"不会写“{suffix}”；--out 请用 {possible[0]}。", f"“{suffix}” is not written; use {possible[1]} with --out.")
    writer = WRITERS[suffix]
    if question not in writer.questions:
        raise WrongUsage(f"这个问题的结果写不成 {writer.zh}；请用 {possible[0]}。",
                         f"The answer to this question makes no {writer.en}; use {possible[1]}.")
    lang_of(wanted.lang)
    checked_crs(wanted.crs)
    encoding_of(wanted.encoding)
    refuse_untaken(suffix, wanted, writer.takes)
    writer.ready()


def refuse_untaken(suffix: str, wanted: Wanted, takes: frozenset[str]) -> None:
    """Refuse a CRS or an encoding that a format has no room for."""
    if wanted.crs and "crs" not in takes:
        raise WrongUsage(f"{suffix} 只用 WGS84 经纬度（GeoJSON 依 RFC 7946）；要平面坐标请用 .gpkg 或 .zip。",
                         f"{suffix} is in WGS84 only (GeoJSON by RFC 7946); for plane coordinates use .gpkg or .zip.")
    if wanted.encoding and "encoding" not in takes:
        raise WrongUsage(f"{suffix} 的编码是定好的；--encoding 只用于 .csv 和 .zip。",
                         f"The encoding of {suffix} is fixed; --encoding is for .csv and .zip.")


def write(
    answer: Answer, workspace: Workspace, suffix: str, *, lang: str = "zh", crs: str = "", encoding: str = "", paper: Paper = "a4", date: str = ""
) -> bytes:
    """Write an answer as a file of this suffix; the same answer gives the same bytes.

    Raises:
        WrongUsage, MissingExtra, NoFont: as `check`.
        NothingToAnswer: this answer happens to have no feature to write.
    """
    wanted = Wanted(lang, crs, encoding, paper, date)
    check(answer.question, suffix, wanted)
    return WRITERS[suffix].write(answer, workspace, wanted)
