"""The words of the answer card: one sentence for each standing, tone and figure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agencies.answer import UNKNOWN, Answer, LicenceLine, Line
from agencies.models import Authority, FeeRule, Licence, LicenceStatus
from agencies.standing import MEANINGS

NATURAL_UP_TO = 20  # above this a percentage reads better than "n of n"


@dataclass(frozen=True)
class Words:
    """A short sentence that is set in bold, and the one that follows it, if any."""

    lead: str
    rest: str = ""

    def __str__(self) -> str:
        return f"{self.lead} {self.rest}".strip()


def day(when: date) -> str:
    """Return a date as "12 March 2027", month in the reader's language."""
    return date_format(when, "j F Y")


def money_text(amount: Decimal, currency: str) -> str:
    """Return an amount as "NPR 10,000"; zero is "nothing" (J-SEARCH-12)."""
    if not amount:
        return _("nothing")
    return (
        f"{currency} {amount:,.0f}"
        if amount == amount.to_integral()
        else f"{currency} {amount:,.2f}"
    )


def licence_words(line: LicenceLine) -> Words:
    """Return the public sentence of licence-lists.md section 3 for what holds today."""
    licence = line.licence
    if licence is None:
        return _without_licence(line.standing)
    if line.standing in {"valid", "valid_extended", "valid_provisional", "expiring"}:
        return _holding(line.standing, licence)
    if line.standing == "expired":
        return _ended(licence, is_derived=line.is_derived)
    if line.standing in {"suspended", "suspended_partial", "suspended_admin", "revoked"}:
        return _stopped(line.standing, licence)
    return _other(line.standing, licence)


def _without_licence(standing: str) -> Words:
    if standing == "unlisted":
        return Words(_("Not on the official list."))
    return Words(_("We know of no licence."), _("Check with the authority."))


def _holding(standing: str, licence: Licence) -> Words:
    ends = licence.expires_on
    list_date = day(licence.list_version.source_date)
    if standing == "expiring" and ends:
        return Words(
            _("Licence ends on %(date)s.") % {"date": day(ends)}, _("Ask for the renewal.")
        )
    if standing == "valid_provisional":
        until = _("Valid until %(date)s.") % {"date": day(ends)} if ends else ""
        return Words(_("New or provisional licence."), until)
    if standing == "valid_extended":
        if ends:
            text = _("Licence extended by the authority until %(date)s.") % {"date": day(ends)}
            return Words(text)
        return Words(_("Licence extended by the authority."))
    if ends:
        return Words(_("Licensed."), _("Valid until %(date)s.") % {"date": day(ends)})
    return Words(_("Licensed."), _("On the list of %(date)s.") % {"date": list_date})


def _ended(licence: Licence, *, is_derived: bool) -> Words:
    ends = licence.expires_on
    if is_derived and ends:
        if licence.standing in {"unknown", "suspended_admin"}:
            return Words(
                _("The end date of this licence, %(date)s, has passed.") % {"date": day(ends)}
            )
        return Words(
            _("Listed as valid, but its end date %(date)s has passed.") % {"date": day(ends)}
        )
    if ends:
        return Words(_("Licence ended on %(date)s.") % {"date": day(ends)})
    return Words(_("The licence has ended."))


def _stopped(standing: str, licence: Licence) -> Words:
    since, until = licence.status_since, licence.status_until
    if standing == "revoked":
        return Words(_cancelled(since, licence.reason), _("You can still claim from them."))
    if standing == "suspended_admin":
        if since:
            return Words(
                _("Not in order with the authority since %(date)s.") % {"date": day(since)}
            )
        return Words(_("Not in order with the authority."))
    if standing == "suspended":
        if since:
            return Words(
                _("Suspended since %(date)s.") % {"date": day(since)}, _("Must not recruit now.")
            )
        return Words(_("Suspended."), _("Must not recruit now."))
    if licence.scope and until:
        text = _("May not recruit new workers for %(scope)s until %(date)s.") % {
            "scope": licence.scope,
            "date": day(until),
        }
    elif licence.scope:
        text = _("May not recruit new workers for %(scope)s.") % {"scope": licence.scope}
    elif until:
        text = _("May not recruit new workers for some jobs until %(date)s.") % {"date": day(until)}
    else:
        text = _("May not recruit new workers for some jobs.")
    return Words(text)


def _cancelled(since: date | None, reason: str) -> str:
    if since and reason:
        return _("Licence cancelled on %(date)s (%(reason)s).") % {
            "date": day(since),
            "reason": reason,
        }
    if since:
        return _("Licence cancelled on %(date)s.") % {"date": day(since)}
    if reason:
        return _("Licence cancelled (%(reason)s).") % {"reason": reason}
    return _("Licence cancelled.")


def _other(standing: str, licence: Licence) -> Words:
    since = licence.status_since
    list_date = licence.list_version.source_date
    if standing == "under_surveillance":
        if since:
            return Words(_("Under the authority's watch since %(date)s.") % {"date": day(since)})
        return Words(_("Under the authority's watch."))
    if standing == "not_on_list":
        return Words(
            _("No longer on the list of %(date)s.") % {"date": day(since or list_date)},
            _("We do not know why."),
        )
    if standing == "unlisted":
        return Words(_("Not on the official list as of %(date)s.") % {"date": day(list_date)})
    if standing == "unknown":
        return _unclear(licence)
    plain = {
        "renewal_denied": _("Renewal was refused."),
        "delisted": _("Removed from the official list."),
        "banned": _("Banned permanently."),
    }
    return Words(plain.get(standing) or _("No longer works as a recruiter, says the list."))


def _unclear(licence: Licence) -> Words:
    check = _("Check with %(authority)s.") % {"authority": licence.authority.name}
    if licence.status_raw:
        return Words(_("The list says “%(raw)s”.") % {"raw": licence.status_raw}, check)
    return Words(_("The list gives no status."), check)


def source_words(line: LicenceLine) -> str:
    """Return the official words in quotes, whose list it is, and of which day (I-29)."""
    licence = line.licence
    if licence is None:
        return _("No official list names it.")
    facts = {
        "raw": licence.status_raw,
        "authority": licence.authority.name,
        "date": day(licence.list_version.source_date),
    }
    quotes = licence.status_raw and line.standing not in {"not_on_list", "unknown"}
    if line.list_is_old and quotes:
        return _("“%(raw)s”, %(authority)s, list of %(date)s, older than usual.") % facts
    if line.list_is_old:
        return _("%(authority)s, list of %(date)s, older than usual.") % facts
    if quotes:
        return _("“%(raw)s”, %(authority)s, list of %(date)s.") % facts
    return _("%(authority)s, list of %(date)s.") % facts


def headline_words(answer: Answer) -> Words:
    """Return the word of the headline and the sentence that gives its reason."""
    names = {
        "warning": _("Warning"),
        "caution": _("Caution"),
        "unknown": _("Not enough known"),
        "neutral": _("No warning known to us"),
    }
    reasons = {
        "licence_warning": _("Its licence does not hold today."),
        "licence_caution": _("Check its licence first."),
        "licence_and_workers": _("Check its licence. Workers report problems too."),
        "money": _("Licensed, but workers report high payments."),
        "promise": _("Licensed, but the job was often not as promised."),
        "rating": _("Licensed, but workers rate it low."),
        "workers": _("Licensed, but workers report problems."),
        "few": _("Licensed, but too few workers told us."),
        "quiet": _("Licensed. What workers told us gives no warning."),
    }
    reason = reasons[answer.because]
    if answer.licence.standing == "suspended_partial":
        reason = _("It may not recruit for some jobs.")
    elif answer.licence.standing == "unlisted":
        reason = _("It is not on the official list.")
    elif answer.because == "licence_caution" and answer.licence.list_is_old:
        reason = _("The list is old. Check its licence first.")
    return Words(names[answer.headline], reason)


def share_words(count: int, total: int) -> str:
    """Return "9 of 12 workers", or a percentage above twenty workers (AC-R7)."""
    if total > NATURAL_UP_TO:
        share = round(100 * count / total)
        return _("%(share)d%% of %(total)d workers") % {"share": share, "total": total}
    return _("%(count)d of %(total)d workers") % {"count": count, "total": total}


def maximum_words(maximum: FeeRule | None) -> str:
    """Return the most a worker may be asked to pay; none on file is never permission."""
    if maximum is None:
        return _("No official maximum known to us.")
    amount = money_text(maximum.maximum, maximum.currency)
    return _("The most you may be asked for is %(amount)s.") % {"amount": amount}


def money_words(answer: Answer, reviews: int) -> Words:
    """Return the money line; below five answers it gives the bare number of reviews only."""
    most = maximum_words(answer.maximum)
    line = answer.money
    if line.tone != UNKNOWN:
        return Words(_paid_above(line), most)
    if reviews < 5:
        few = _("Not enough workers told us what they paid yet (%(number)d).") % {"number": reviews}
    else:
        few = _("Not enough workers told us what they paid yet.")
    if answer.maximum is None and reviews >= 5:
        return Words(most, _("So we give no verdict on what workers paid."))
    return Words(few, most)


def _paid_above(line: Line) -> str:
    if line.count == 0:
        return _("None of %(total)d workers paid more than the law allows.") % {"total": line.total}
    return _("%(workers)s paid more than the law allows.") % {
        "workers": share_words(line.count, line.total)
    }


def promise_words(answer: Answer, reviews: int) -> Words:
    """Return the promise line; below five answers it gives the bare number of reviews only."""
    line = answer.promise
    if line.tone == UNKNOWN:
        if reviews < 5:
            return Words(
                _("Not enough workers told us about the job yet (%(number)d).")
                % {"number": reviews}
            )
        return Words(_("Not enough workers told us about the job yet."))
    if line.count == 0:
        return Words(
            _("All %(total)d workers got the job they were promised.") % {"total": line.total}
        )
    return Words(
        _("%(workers)s said the job was not the one promised.")
        % {"workers": share_words(line.count, line.total)}
    )


def step_words(step: str, authority: Authority | None) -> str:
    """Return the words of the one button under the card (product.md 4.4)."""
    if step == "check" and authority is None:
        return _("Check with the authority")
    words = {
        "do_not_pay": _("Do not pay. See what to do"),
        "claim": _("Do not pay. You can still claim"),
        "before_paying": _("Before you pay, read this"),
        "ask": _("Ask these five questions first"),
        "contract": _("Check the contract before you sign"),
    }
    if step == "check" and authority is not None:
        return _("Check with %(authority)s") % {"authority": authority.name}
    return words[step]


def share_short(count: int, total: int) -> str:
    """Return "9 of 12", or a percentage above twenty workers (AC-R7)."""
    if total > NATURAL_UP_TO:
        return _("%(share)d%% of %(total)d") % {"share": round(100 * count / total), "total": total}
    return _("%(count)d of %(total)d") % {"count": count, "total": total}


@dataclass(frozen=True)
class Moment:
    """One statement of a list in the history of a licence."""

    tone: str
    lead: str
    source: str
    number: str


def timeline(statuses: Iterable[LicenceStatus]) -> list[Moment]:
    """Return what the lists said, newest first; a repeated statement stands once."""
    moments = [
        Moment(
            tone=MEANINGS[status.standing].tone,
            lead=_said(status),
            source=_said_where(status),
            number=status.licence.number,
        )
        for status in statuses
    ]
    return moments[::-1]


def _said(status: LicenceStatus) -> str:
    facts = {"status": status.get_standing_display(), "since": day(status.since)}
    if status.until:
        facts["until"] = day(status.until)
        return _("%(status)s, %(since)s to %(until)s") % facts
    return _("%(status)s, since %(since)s") % facts


def _said_where(status: LicenceStatus) -> str:
    if status.list_version is None:
        return _("Entered by the authority.")
    facts = {"raw": status.status_raw, "date": day(status.list_version.source_date)}
    if status.status_raw:
        return _("List of %(date)s: “%(raw)s”") % facts
    return _("List of %(date)s") % facts
