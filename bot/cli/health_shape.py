"""The JSON of `voced stats`; others rely on its keys."""

from typing import Any, get_args

from bot.health.measuring import OUTCOMES, Health, TitleOf
from intents import Language


def health_shape(health: Health, *, title_of: TitleOf) -> dict[str, Any]:
    """Return how the bot does as `voced stats --json` prints it."""

    def named(entry: str) -> dict[str, Any]:
        return {"entry": entry, "title": {one: title_of(entry, one) for one in get_args(Language)}}

    periods = health.periods
    counted = zip(periods.firsts, health.outcomes, strict=True)
    return {
        "since": periods.firsts[0].isoformat(),
        "until": periods.until.isoformat(),
        "unit": periods.unit,
        "total": health.total,
        **{outcome: health.count(outcome) for outcome in OUTCOMES},
        "periods": [
            {"since": first.isoformat(), **{outcome: getattr(one, outcome) for outcome in OUTCOMES}}
            for first, one in counted
        ],
        "asked": [
            {**named(one.entry), "count": one.count, "people": one.people} for one in health.asked
        ],
        "useful": [
            {
                **named(one.entry),
                "knowledge_version": one.knowledge_version,
                "up": one.up,
                "down": one.down,
                "rate": round(one.rate, 4),
            }
            for one in health.rated
        ],
        "past_review": [
            {**named(one.entry), "review_by": one.review_by.isoformat(), "count": one.count}
            for one in health.due
        ],
        "knowledge_version": health.knowledge_version,
    }
