"""Who in a neighbourhood lives beyond a walk of what.

    import wanli_geo
    wanli_geo.open("layers").coverage("CANTEEN", within="500m")
"""

from wanli_geo.study import Study, Waits
from wanli_geo.study import open_study as open

__all__ = ["Study", "Waits", "open"]
