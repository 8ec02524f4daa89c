"""The questionnaire as data, version 1 (review-form.md section 3).

Every question has a code that never changes its meaning; answers are stored as keys. Asking,
checking, showing and counting all read this table.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from reviews.question import (
    AMOUNT,
    CANNOT_SAY,
    DONT_KNOW,
    FACES,
    NO,
    NOT_TOLD,
    OTHER_COUNTRY,
    RATHER_NOT,
    TRUTH_FACES,
    YES,
    Choice,
    Kind,
    Question,
    Shown,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = [
    "AMOUNT",
    "CANNOT_SAY",
    "DONT_KNOW",
    "NOT_TOLD",
    "OTHER_COUNTRY",
    "QUESTIONS",
    "RATHER_NOT",
    "VERSION",
    "Kind",
    "Question",
    "Shown",
]

VERSION = 1
_PLUS = {"good": frozenset({"yes"}), "bad": frozenset({"no"})}
_MINUS = {"good": frozenset({"no"}), "bad": frozenset({"yes"})}
_NEUTRAL: dict[str, frozenset[str]] = {"good": frozenset(), "bad": frozenset()}
_FACES = {"good": frozenset({"4", "5"}), "bad": frozenset({"1", "2"})}


def _yes_no(
    code: str,
    text: "StrOrPromise",
    shown: Shown,
    polarity: Mapping[str, frozenset[str]],
    *,
    why: "StrOrPromise" = "",
    picture: str = "",
    is_quick: bool = False,
    is_sensitive: bool = False,
    heading: "StrOrPromise" = "",
) -> Question:
    return Question(
        code, int(code[1]), text, Kind.YES_NO, shown, (YES, NO),
        good=polarity["good"], bad=polarity["bad"], why=why, picture=picture,
        is_quick=is_quick, is_sensitive=is_sensitive, heading=heading,
    )  # fmt: skip


def _faces(
    code: str,
    text: "StrOrPromise",
    shown: Shown = Shown.PUBLIC,
    choices: tuple[Choice, ...] = FACES,
    *,
    why: "StrOrPromise" = "",
    picture: str = "",
    is_quick: bool = False,
    heading: "StrOrPromise" = "",
) -> Question:
    return Question(
        code, int(code[1]), text, Kind.FACES, shown, choices,
        good=_FACES["good"], bad=_FACES["bad"], why=why, picture=picture, is_quick=is_quick,
        heading=heading,
    )  # fmt: skip


def _one(
    code: str,
    text: "StrOrPromise",
    shown: Shown,
    choices: tuple[tuple[str, "StrOrPromise"], ...],
    *bad: str,
    kind: Kind = Kind.ONE,
) -> Question:
    stage = int(code[1]) if code[0] == "Q" else 0
    named = tuple(Choice(key, label) for key, label in choices)
    return Question(code, stage, text, kind, shown, named, bad=frozenset(bad))


def _amount(code: str, text: "StrOrPromise", kind: Kind = Kind.MONEY) -> Question:
    return Question(code, int(code[1]), text, kind, Shown.AGGREGATE)


_PUB, _AGG, _PRIV = Shown.PUBLIC, Shown.AGGREGATE, Shown.PRIVATE

_START = (
    Question(
        "R1", 0, _("When did you leave?"), Kind.QUARTER, _PUB, picture="calendar", is_quick=True,
        for_applicants=_("When did you apply?"), heading=_("Left in"),
        why=_("Licences and fee rules change. The time tells us which ones held for you."),
    ),
    Question(
        "R2", 0, _("Which country did you go to?"), Kind.COUNTRY, _PUB, picture="globe",
        is_quick=True, for_applicants=_("Which country do you want to go to?"),
        heading=_("Country"), why=_("Rules and problems differ from country to country."),
    ),
    _one(
        "R3", _("What work?"), _PUB,
        (
            ("house", _("House")), ("care", _("Care")), ("construction", _("Construction")),
            ("factory", _("Factory")), ("farm", _("Farm")), ("sea", _("Fishing or sea")),
            ("cleaning", _("Cleaning")), ("driving", _("Driving")),
            ("hotel", _("Hotel or food")), ("shop", _("Shop")), ("security", _("Security")),
            ("other", _("Other work")),
        ),
    ),
    _one("R4", _("Which agency met you at the other end?"), _AGG, (), kind=Kind.AGENCY),
    _one(
        "R5a", _("Your gender?"), _AGG,
        (("woman", _("Woman")), ("man", _("Man")), ("other", _("Other"))),
    ),
    _one(
        "R5b", _("Was it your first time abroad?"), _AGG, (("yes", _("Yes")), ("no", _("No"))),
    ),
)  # fmt: skip

_RECRUITMENT = (
    _one(
        "Q101", _("How did you find this agency?"), _AGG,
        (
            ("friend", _("Friend or family")), ("agent", _("Agent in my area")),
            ("online", _("Online")), ("media", _("TV or paper")),
            ("office", _("I went to the office")), ("other", _("Another way")),
        ),
    ),
    _yes_no("Q102", _("Did an agent stand between you and the agency?"), _AGG, _MINUS),
    _yes_no("Q103", _("Did they show you the licence and the approved job?"), _PUB, _PLUS),
    _faces(
        "Q104", _("Did they tell you the truth about the job?"), _PUB, TRUTH_FACES,
        picture="words", is_quick=True, heading=_("Truth about the job"),
        why=_("False promises are the first sign of a bad agency."),
    ),
)  # fmt: skip

_MONEY = (
    _yes_no(
        "Q201", _("Did you have to pay anyone to get this job?"), _PUB, _MINUS, picture="money",
        is_quick=True, heading=_("Paid to get the job"),
        why=_("Workers should not pay for a job. Your answer shows who still asks for money."),
    ),
    Question(
        "Q202", 2, _("How much did you pay in all?"), Kind.MONEY, _AGG, picture="money",
        is_quick=True,
        why=_("We compare it with the legal maximum. The amount is never shown with your words."),
    ),
    _one(
        "Q203", _("What was it for?"), _AGG,
        (
            ("placement", _("Job or placement")), ("agent", _("Agent")),
            ("medical", _("Medical")), ("insurance", _("Insurance")),
            ("test", _("Test or skills")), ("training", _("Training or orientation")),
            ("equipment", _("Equipment or uniform")), ("visa", _("Visa or papers")),
            ("travel", _("Ticket or travel")), ("lodging", _("Lodging")),
            ("deposit", _("Deposit or bond")), ("under_table", _("“Under the table”")),
        ),
        "deposit", "under_table", kind=Kind.MULTI,
    ),
    _one(
        "Q204", _("Did you get a receipt?"), _PUB,
        (
            ("all", _("For all of it")), ("part", _("For part of it")), ("none", _("No receipt")),
            ("less", _("It shows less than I paid")),
        ),
        "none", "less",
    ),
    _one(
        "Q205", _("Did you borrow to pay? From whom?"), _AGG,
        (
            ("no", _("I did not borrow")), ("family", _("Family")),
            ("bank", _("Bank or co-operative")), ("lender", _("Moneylender")),
            ("agency", _("Agency or employer")),
        ),
        "lender", "agency",
    ),
    _yes_no("Q206", _("Did they cut your wage to repay it?"), _PUB, _MINUS),
    _yes_no("Q207a", _("Did anyone give money back?"), _AGG, _PLUS),
    _amount("Q207b", _("How much did they give back?")),
)  # fmt: skip

_CONTRACT = (
    _yes_no(
        "Q301", _("Did you get a written contract before you left?"), _PUB, _PLUS,
        picture="contract", is_quick=True, heading=_("Written contract before leaving"),
        why=_("A written contract is your right. It is proof of what was promised."),
    ),
    _yes_no("Q302", _("Was it in a language you understand?"), _PUB, _PLUS),
    _yes_no("Q303", _("Did you get a copy to keep?"), _PUB, _PLUS),
    _yes_no("Q304", _("Did you have time to read it and ask before signing?"), _PUB, _PLUS),
    _one(
        "Q305", _("Did you have to sign a different contract later?"), _PUB,
        (("no", _("No")), ("airport", _("At the airport")), ("arrival", _("After arrival"))),
        "airport", "arrival",
    ),
)  # fmt: skip

_BEFORE_DEPARTURE = (
    _yes_no("Q401a", _("Did you get an orientation or training?"), _PUB, _PLUS),
    _faces("Q401b", _("Was the training useful?")),
    _yes_no("Q402a", _("Did you stay in their shelter or training centre?"), _PUB, _NEUTRAL),
    _faces("Q402b", _("How was it there?")),
    _yes_no("Q403", _("Could you leave that place freely?"), _PRIV, _PLUS, is_sensitive=True),
    _yes_no("Q404", _("Did the agency keep your passport or papers?"), _PUB, _MINUS),
    _yes_no("Q405", _("Were you registered and insured before leaving?"), _PUB, _PLUS),
    _yes_no("Q406", _("Could you have stopped then, without a penalty?"), _AGG, _PLUS),
)

_ARRIVAL = (
    _yes_no(
        "Q501", _("Was the job the one you were promised?"), _PUB, _PLUS, picture="promise",
        is_quick=True, heading=_("Job as promised"),
        why=_("It warns others when an agency promises one job and gives another."),
    ),
    Question(
        "Q502", 5, _("Was the pay what you were promised?"), Kind.ONE, _PUB,
        (
            Choice("same", _("The same or more")), Choice("little_less", _("A little less")),
            Choice("much_less", _("Much less")), Choice("not_paid", _("I was not paid")),
        ),
        good=frozenset({"same"}), bad=frozenset({"much_less", "not_paid"}), picture="pay",
        is_quick=True, heading=_("Pay as promised"),
        why=_("Pay below the promise is a broken rule. Numbers make it visible."),
    ),
    _yes_no("Q503", _("Did someone take your passport there?"), _PUB, _MINUS),
    _yes_no("Q504", _("Did anyone meet and help you on arrival?"), _PUB, _PLUS),
)  # fmt: skip

_WORK = (
    _amount("Q601", _("First month’s pay you really received?")),
    _amount("Q602", _("Pay you were promised for a month?")),
    _faces("Q603", _("Were you paid on time and in full?")),
    _amount("Q604a", _("How many hours a day?"), Kind.NUMBER),
    _amount("Q604b", _("How many rest days a month?"), Kind.NUMBER),
    _yes_no("Q605", _("Could you say no to extra hours?"), _AGG, _PLUS),
    _yes_no("Q606", _("Could you go out and use your phone?"), _PRIV, _PLUS, is_sensitive=True),
    _faces("Q607", _("How were the place to sleep and the food?")),
    _faces("Q608", _("Was the work safe?")),
    _yes_no(
        "Q609", _("Did anyone threaten or insult you to make you work or stay?"), _PRIV, _MINUS,
        is_sensitive=True,
    ),
    _yes_no(
        "Q610", _("Were you hurt, or touched against your will?"), _PRIV, _MINUS,
        is_sensitive=True,
    ),
    _yes_no("Q611", _("Could you leave or change the job if you wanted?"), _AGG, _PLUS),
    _one(
        "Q612", _("When you had a problem, did the agency help?"), _PUB,
        (
            ("no_problem", _("I had no problem")), ("helped", _("They helped")),
            ("tried", _("They tried")), ("ignored", _("They ignored me")),
            ("worse", _("They made it worse")),
        ),
        "ignored", "worse",
    ),
)  # fmt: skip

_RETURN = (
    _one(
        "Q701", _("How did it end?"), _AGG,
        (
            ("still_there", _("I am still there")), ("finished", _("I finished")),
            ("left", _("I left")), ("sent_home", _("I was sent home early")),
            ("escaped", _("I ran away or was rescued")),
        ),
        "sent_home", "escaped",
    ),
    _one(
        "Q702", _("Who paid the trip home?"), _PUB,
        (
            ("employer", _("The employer")), ("agency", _("The agency")), ("self", _("I did")),
            ("someone", _("Someone else")), ("not_home", _("I am not home yet")),
        ),
    ),
    _yes_no("Q703a", _("Does anyone still owe you money?"), _AGG, _MINUS),
    _amount("Q703b", _("How much do they owe you?")),
    _one(
        "Q704", _("Did you complain? What happened?"), _AGG,
        (
            ("no", _("I did not complain")), ("solved", _("It was solved")),
            ("part", _("Solved in part")), ("nothing", _("Nothing happened")),
            ("punished", _("I was punished")),
        ),
        "nothing", "punished",
    ),
)  # fmt: skip

_FINISH = (
    _faces(
        "Q801", _("In all, this agency is …"), _PUB, picture="star", is_quick=True,
        heading=_("In all"), why=_("These faces become the stars on the agency’s page."),
    ),
    _yes_no("Q802", _("Would you tell a friend to go with them?"), _PUB, _PLUS),
)  # fmt: skip

QUESTIONS: Mapping[str, Question] = {
    question.code: question
    for question in (
        *_START, *_RECRUITMENT, *_MONEY, *_CONTRACT, *_BEFORE_DEPARTURE, *_ARRIVAL, *_WORK,
        *_RETURN, *_FINISH,
    )
}  # fmt: skip
TEXT_QUESTION = _("What should other workers know?")  # Q803: the text of the review itself
_STAGES_OF_APPLICANTS = frozenset({0, 1, 2, 3, 4, 8})


def quick_path(told_by: str, given: Mapping[str, str]) -> list[Question]:
    """Return the screens of the quick review for this person, in order.

    Someone who is still applying has not arrived; an amount is asked of those who paid.
    """
    return [
        question
        for question in QUESTIONS.values()
        if question.is_quick
        and (told_by != "applying" or question.stage in _STAGES_OF_APPLICANTS)
        and (question.code != "Q202" or given.get("Q201") == "yes")
    ]


def is_worrying(code: str, value: str) -> bool:
    """Say whether this answer calls for the help contacts at once (J-REVIEW-11)."""
    return code not in {"Q201", "Q801"} and value in QUESTIONS[code].bad


def has_substance(values: Iterable[tuple[str, str]]) -> bool:
    """Say whether anything was told of stages 1 to 7 or in Q801 (Q-R4)."""
    return any(
        value not in NOT_TOLD and (QUESTIONS[code].stage in range(1, 8) or code == "Q801")
        for code, value in values
    )
