"""`python -m wanli_geo` is the same as `wanli-geo`."""

from wanli_geo.cli import main

main()
