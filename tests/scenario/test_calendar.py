"""Business days and hours: the laws of the arithmetic, and the cases that people ask about."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.scenario.calendar import Calendar

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
BRIDGE = Calendar(frozenset({date(2026, 5, 18)}))  # a Monday

moments = st.datetimes(datetime.fromisoformat("2025-12-20"), datetime.fromisoformat("2026-06-30")).map(
    lambda moment: moment.replace(microsecond=0)
)
spans = st.integers(1, 20 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
calendars = st.frozensets(st.dates(date(2025, 12, 20), date(2026, 6, 30)), max_size=12).map(Calendar)


@given(calendars, moments, spans)
def test_what_is_added_is_what_is_counted(calendar: Calendar, start: datetime, business: timedelta) -> None:
    assert calendar.business_time(start, calendar.after(start, business)) == business


@given(calendars, moments, spans)
def test_it_is_the_earliest_such_moment(calendar: Calendar, start: datetime, business: timedelta) -> None:
    earlier = calendar.after(start, business) - timedelta(seconds=1)
    assert calendar.business_time(start, earlier) < business


@given(calendars, moments, moments, moments)
def test_business_time_adds_up_and_is_never_more_than_time(
    calendar: Calendar, a: datetime, b: datetime, c: datetime
) -> None:
    first, middle, last = sorted((a, b, c))
    both = calendar.business_time(first, middle) + calendar.business_time(middle, last)
    assert both == calendar.business_time(first, last) <= last - first
    assert calendar.business_time(last, first) == timedelta() or last == first


@given(calendars, moments, st.times().map(lambda t: t.replace(microsecond=0)))
def test_the_next_morning_is_later_on_the_first_business_day(calendar: Calendar, moment: datetime, hour: time) -> None:
    found = calendar.next_at(moment, hour)
    assert found > moment
    assert calendar.is_business_day(found.date())
    assert found.time() == hour
    before = (moment.date() + DAY * n for n in range((found.date() - moment.date()).days))
    skipped = [day for day in before if calendar.is_business_day(day) and datetime.combine(day, hour) > moment]
    assert skipped == []


@pytest.mark.parametrize(
    ("arrived", "due"),
    [
        ("2026-05-13 15:40", "2026-05-14 15:40"),  # Wednesday → Thursday, the same hour
        ("2026-05-15 18:30", "2026-05-19 18:30"),  # Friday evening before the bridge → Tuesday evening
        ("2026-05-16 11:00", "2026-05-20 00:00"),  # Saturday: all of Tuesday
        ("2026-05-18 09:00", "2026-05-20 00:00"),  # the holiday itself
    ],
)
def test_24_business_hours(arrived: str, due: str) -> None:
    assert BRIDGE.after(datetime.fromisoformat(arrived), 24 * HOUR) == datetime.fromisoformat(due)
