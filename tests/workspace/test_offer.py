"""Everything one walks to, gathered once, is what each kind's own question gathers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.offer import offer_of
from wanli_geo.workspace.services import services_of
from wanli_geo.workspace.store import open_workspace


@pytest.mark.parametrize("steps", [True, False])
def test_the_offer_is_the_services_of_every_kind(wanli: Path, steps: bool) -> None:
    workspace = open_workspace(wanli)
    offer = offer_of(workspace)
    for code in KINDS:
        services, ours = services_of(workspace, code, steps=steps), offer.of([code])
        assert offer.ids[ours].tolist() == services.features["id"].tolist()
        assert offer.used[ours].tolist() == services.used.tolist()
        np.testing.assert_array_equal(offer.area_m2[ours], services.area_m2)
        doors = ours[offer.door_of] & offer.doors_at("Tu", 600, steps=steps)
        np.testing.assert_array_equal(offer.doors[doors], services.doors)
        assert offer.ids[offer.door_of[doors]].tolist() == services.features["id"].to_numpy()[services.door_of].tolist()


def test_of_several_kinds_each_counts_once(wanli: Path) -> None:
    offer = offer_of(open_workspace(wanli))
    assert offer.of(["PARK", "GREEN"]).sum() == offer.of(["GREEN"]).sum() + (offer.of(["PARK"]) & ~offer.of(["GREEN"])).sum()
    assert (offer.of(["CANTEEN", "MARKET"]) == offer.of(["CANTEEN"]) | offer.of(["MARKET"])).all()
    assert not offer.of([]).any()
