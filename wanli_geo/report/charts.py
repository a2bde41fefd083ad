from collections.abc import Sequence
from wanli_geo.report.document import Picture
from wanli_geo.report.say import Lang
def bars(title: str, rows: Sequence[tuple[str, float, float, float]], lang: Lang) -> Picture:
    return Picture(title, "bars", lambda w, h: f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}mm" height="{h}mm" viewBox="0 0 {w} {h}"><rect width="{w}" height="{h}" fill="#eee"/></svg>', aspect=3)
