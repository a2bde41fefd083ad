"""What only the web refuses, beside the tree of `wanli_geo.errors`."""

from __future__ import annotations

from wanli_geo.errors import BadFile, ReadOnly, Refused, WrongUsage


class UntrustedHost(WrongUsage):
    """The page was asked for under a name that is not ours, as a foreign site does that points its name at this computer."""


class CrossSite(WrongUsage):
    """Something was sent by the page of another site."""


class TooLarge(BadFile):
    """A file larger than is taken."""


class EditingOff(ReadOnly):
    """Nothing may be written: editing is not switched on."""


class NoUpload(Refused):
    """There is no such file any more."""


class Stale(Refused):
    """What was seen is not what would be written."""


class Cancelled(Refused):
    """The reader asked to stop."""


class Busy(Refused):
    """Another file is being worked on."""
