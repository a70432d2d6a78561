"""The simulated calendar: business days, and hours of business days. Arithmetic only; no clock is read.

A business day is Monday to Friday and no holiday, all 24 hours of it. So «24 business hours» after a message is the
same hour of the next business day (Friday 16:00 → Monday 16:00); what comes at the weekend counts from Monday 0:00 on.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

_DAY = timedelta(days=1)
_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Calendar:
    """The week and its `holidays`."""

    holidays: frozenset[date] = frozenset()

    def is_business_day(self, day: date) -> bool:
        """Whether people work on it."""
        return day.weekday() <= _FRIDAY and day not in self.holidays

    def business_time(self, start: datetime, end: datetime) -> timedelta:
        """How much of the time from `start` to `end` lies in business days; zero when `end` comes first."""
        total, day = timedelta(), start.date()
        while day <= end.date():
            if self.is_business_day(day):
                midnight = _midnight(day)
                total += max(timedelta(), min(end, midnight + _DAY) - max(start, midnight))
            day += _DAY
        return total

    def after(self, start: datetime, business: timedelta) -> datetime:
        """When `business` time has passed since `start`: the earliest such moment."""
        left, moment = business, start
        while True:
            tomorrow = _midnight(moment.date()) + _DAY
            if self.is_business_day(moment.date()):
                if left <= tomorrow - moment:
                    return moment + left
                left -= tomorrow - moment
            moment = tomorrow

    def next_at(self, moment: datetime, hour: time) -> datetime:
        """The first business day's `hour` that comes later than `moment`."""
        found = datetime.combine(moment.date(), hour)
        while found <= moment or not self.is_business_day(found.date()):
            found += _DAY
        return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
