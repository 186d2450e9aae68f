"""What running streams cost: the sums of the control room, without a clock."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.conf import settings

from streaming.costs import Ran, cost_of, rate_of

RATES = {
    "medialive_input": Decimal("0.294"),
    "hd_output": Decimal("0.702"),
    "sd_output": Decimal("0.354"),
    "ivs_input": Decimal("2.00"),
}
LADDER = [(1080, 3500), (720, 2000), (480, 800)]
TEN = datetime(2026, 11, 24, 10, tzinfo=UTC)


def cost(*ran, start=TEN, end=TEN + timedelta(hours=8)):
    return cost_of(ran, start, end, RATES, LADDER)


def at(minutes):
    return TEN + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("gateway", "rate"), [("medialive", "4.754"), ("ivs", "2.00"), ("embed", "0"), ("local", "0")]
)
def test_the_rate_of_an_hour(gateway, rate):
    assert rate_of(gateway, RATES, LADDER) == Decimal(rate)


def test_a_backup_input_is_billed_beside_the_studio():
    assert rate_of("medialive", RATES, LADDER, inputs=2) == Decimal("5.048")
    assert cost(Ran("medialive", TEN, at(60), inputs=2)) == Decimal("5.05")


def test_the_settings_know_every_rate():
    assert set(settings.STREAM_RATES) == set(RATES)


def test_an_hour_costs_the_rate():
    assert cost(Ran("medialive", TEN, at(60))) == Decimal("4.75")


def test_what_still_runs_counts_until_now():
    assert cost(Ran("ivs", TEN, None), end=at(90)) == Decimal("3.00")


def test_two_minutes_are_billed_as_ten():
    assert cost(Ran("ivs", TEN, at(2))) == Decimal("0.33")


def test_only_the_part_within_the_window_counts():
    assert cost(Ran("ivs", at(-60), at(30))) == Decimal("1.00")


def test_several_times_are_added():
    assert cost(Ran("ivs", TEN, at(60)), Ran("ivs", at(120), at(180))) == Decimal("4.00")


def test_what_ended_before_costs_nothing():
    assert cost(Ran("ivs", at(-90), at(-30))) == Decimal("0.00")
