"""What every search engine has to answer alike, held against a plain reading of the rules."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agencies.search.backends.embedded import EmbeddedBackend
from agencies.search.document import AgencyDocument
from agencies.search.query import FACETS, AgencyQuery, SearchResults
from tests.agencies.search.reference import ReferenceBackend

BACKENDS = {"embedded": EmbeddedBackend}
bounded = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

NAMES = (
    *("golden", "goldne", "himalayan", "himal", "everest", "star", "sky", "s", "k", "overseas"),
    *("o/s", "intl", "international", "services", "manpower", "pvt ltd", "(P) Ltd", "PT", "7"),
    *("हिमालयन", "金龍", "الهدى"),
)
QUERIES = (*NAMES, "gold", "goldan", "himaleyan", "evrest", "ovarseas", "rl 10", "RL-0010", "10")
names = st.lists(st.sampled_from(NAMES), min_size=1, max_size=4).map(" ".join)
documents = st.lists(
    st.builds(
        AgencyDocument,
        pk=st.integers(1, 10**6),
        name=names,
        former_names=st.lists(names, max_size=1).map(tuple),
        place=st.sampled_from(("", "Kathmandu", "Golden Bay", "Star")),
        numbers=st.lists(
            st.sampled_from(("RL-0010", "10", "12/RL", "RA/2025/10/24", "No. 7")), max_size=1
        ).map(tuple),
        phones=st.lists(st.sampled_from(("97714412345", "6321234567")), max_size=1).map(tuple),
        calling_code=st.sampled_from(("977", "63", "")),
        country=st.sampled_from(("np", "ph", "ke")),
        status=st.sampled_from(("valid", "banned", "expired")),
        tier=st.integers(0, 2),
        stars_shown=st.booleans(),
        low=st.sampled_from((1.0, 2.5, 4.0)),
        reviews=st.sampled_from((0, 1, 4, 5, 19, 20)),
        newest_month=st.integers(24000, 24003),
        destinations=st.lists(st.sampled_from(("qa", "sa")), unique=True).map(tuple),
    ),
    max_size=70,
    unique_by=lambda document: document.pk,
)
facets = st.dictionaries(
    st.sampled_from(FACETS),
    st.lists(
        st.sampled_from(
            ("np", "ph", "valid", "banned", "Kathmandu", "0", "1-4", "20+", "qa", "xx")
        ),
        min_size=1,
        max_size=2,
        unique=True,
    ).map(tuple),
    max_size=2,
)
queries = st.builds(
    AgencyQuery,
    text=st.lists(st.sampled_from(QUERIES), max_size=3).map(" ".join),
    facets=facets,
    sort=st.sampled_from(("best", "standard", "reviews", "newest")),
    page=st.integers(1, 3),
    page_size=st.sampled_from((1, 3, 20)),
)

Ask = Callable[..., SearchResults]


@pytest.fixture(params=BACKENDS)
def ask(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Return a function that loads documents into an engine and asks it one question."""
    engine = BACKENDS[request.param](tmp_path)

    # Durability is not at stake here, and waiting for the disk takes most of the time.
    monkeypatch.setattr("os.fsync", lambda _descriptor: None)
    last: list[list[AgencyDocument]] = []

    def answer(loaded: list[AgencyDocument], *asked: object, **more: object) -> SearchResults:
        if last != [loaded]:
            engine.rebuild(loaded)
            last[:] = [loaded]
        return engine.search(
            asked[0] if asked and isinstance(asked[0], AgencyQuery) else AgencyQuery(*asked, **more)
        )

    return answer


def agency(pk: int, name: str = "Golden Star Overseas", **fields: object) -> AgencyDocument:
    """Return a boring licensed agency of Nepal."""
    return AgencyDocument(
        pk, name, **{"country": "np", "status": "valid", "tier": 0, "calling_code": "977"} | fields
    )


@bounded
@given(loaded=documents, asked=queries)
def test_every_answer_is_that_of_the_plain_reading(
    ask: Ask, loaded: list[AgencyDocument], asked: AgencyQuery
) -> None:
    answer = ask(loaded, asked)

    expected = ReferenceBackend(loaded).search(asked)
    assert answer.total == expected.total
    assert answer.agency_ids == expected.agency_ids
    assert answer.facet_counts == expected.facet_counts
    assert answer.hidden_total == expected.hidden_total


@bounded
@given(loaded=documents, asked=queries, facet=st.sampled_from(FACETS))
def test_choosing_a_value_with_count_n_gives_n_results(
    ask: Ask, loaded: list[AgencyDocument], asked: AgencyQuery, facet: str
) -> None:
    others = {name: values for name, values in asked.facets.items() if name != facet}
    counts = ask(loaded, asked.text, others).facet_counts[facet]

    for value, count in counts.items():
        assert ask(loaded, asked.text, others | {facet: (value,)}).total == count


@bounded
@given(loaded=documents, text=st.sampled_from(QUERIES))
def test_pages_hold_every_match_once(ask: Ask, loaded: list[AgencyDocument], text: str) -> None:
    whole = ask(loaded, text, page_size=100)

    pages = [ask(loaded, text, page=page, page_size=7).agency_ids for page in range(1, 15)]

    assert [pk for page in pages for pk in page] == list(whole.agency_ids)
    assert len(set(whole.agency_ids)) == len(whole.agency_ids)


@bounded
@given(text=st.text(st.characters(), max_size=30))
def test_any_text_gets_an_answer(ask: Ask, text: str) -> None:
    loaded = [agency(1), agency(2, "金龍 हिमालयन")]

    assert ask(loaded, text).total in {0, 1, 2}


def test_a_facet_does_not_narrow_its_own_counts(ask: Ask) -> None:
    loaded = [
        agency(1),
        agency(2, status="suspended", tier=2),
        agency(3, country="qa"),
    ]

    answer = ask(loaded, facets={"country": ("np",), "status": ("valid", "suspended")})

    assert answer.total == 2
    assert answer.facet_counts["country"] == {"np": 2, "qa": 1}
    assert answer.facet_counts["status"] == {"valid": 1, "suspended": 1}


def test_browsing_lists_those_licensed_today_and_counts_the_rest(ask: Ask) -> None:
    loaded = [agency(1), agency(2, status="banned", tier=2), agency(3, status="expired", tier=1)]

    answer = ask(loaded)

    assert answer.agency_ids == (1,)
    assert answer.hidden_total == 2
    assert answer.facet_counts["status"] == {"valid": 1, "banned": 1, "expired": 1}
    assert ask(loaded, "golden").total == 3
    assert ask(loaded, facets={"status": ("banned",)}).agency_ids == (2,)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Golden Himalayan Overseas Pvt Ltd", "golden himalayan"),
        ("Golden Himalayan Overseas Pvt Ltd", "PT Golden Himalayan Overseas Inc."),
        ("Golden Himalayan Overseas Pvt Ltd", "himalyan"),
        ("Golden Himalayan Overseas Pvt Ltd", "Goldne Himalayan"),
        ("Golden Himalayan Overseas Pvt Ltd", "golden himalayan manpower"),
        ("Golden Himalayan Overseas Pvt Ltd", "himalayan golden o/s"),
        ("Silver Int'l Mgt. & Svcs", "silver international management services"),
        ("Silver International Management Services", "silver intl mgmt svc"),
        ("S. K. Overseas", "SK overseas"),
        ("SK Overseas", "s.k. overseas"),
        ("A B Dizon", "A B D"),
        ("People's Placement", "peoples"),
        ("Étoile Łódź", "etoile lodz"),
        ("हिमालयन ओभरसिज", "हिमालयन"),
        ("हिमालयन ओभरसिज", "himalayan"),
        ("شركة الهدى", "الهدي"),
        ("金龍僱傭中心", "金龍"),
        ("金龍僱傭中心", "jin long"),
        ("金龍僱傭中心", "jinlong"),
        ("Seven 7 Seas", "७ seas"),
    ],
)
def test_a_name_is_found_however_it_is_typed(ask: Ask, name: str, text: str) -> None:
    loaded = [agency(1, "Quiet Valley"), agency(2, name), agency(3, "Blue Lake Centre")]

    assert ask(loaded, text).agency_ids == (2,)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("RL-0010", "rl 10"),
        ("RL-0010", "RL0010"),
        ("RL-0010", "Rl / 010"),
        ("RL-0010", "rl १०"),
        ("RL-0010", "licence no. RL-10"),
        ("2056/RWP", "OEPL No.2056/RWP"),
        ("OEPL No.2056/RWP", "2056/rwp"),
        ("0008 / RWP", "8/rwp"),
        ("123/065/066", "123-65-66"),
        ("123/065/066", "123065066"),
        ("B-1794/PUN/PER/100/5/10094/2022", "b 1794"),
    ],
)
def test_a_licence_number_is_found_in_every_spelling(ask: Ask, number: str, text: str) -> None:
    loaded = [agency(1, numbers=("RL-0100",)), agency(2, "Quiet Valley", numbers=(number,))]

    assert ask(loaded, text).agency_ids == (2,)


@pytest.mark.parametrize(
    "text", ["+977 1-4412345", "00977 1 4412345", "01-4412345", "(01) 4412345"]
)
def test_a_phone_number_is_found_in_national_and_international_form(ask: Ask, text: str) -> None:
    loaded = [agency(1, phones=("97715500000",)), agency(2, phones=("97714412345",))]

    assert ask(loaded, text).agency_ids == (2,)


def test_the_last_seven_digits_of_a_phone_are_a_suggestion_only(ask: Ask) -> None:
    loaded = [agency(1, "Quiet Valley", phones=("97714412345",))]

    answer = ask(loaded, "+63 2 4412345")

    assert answer.total == 0
    assert answer.suggestions == ("Quiet Valley",)


def test_exact_words_stand_before_beginnings_and_corrections(ask: Ask) -> None:
    loaded = [
        agency(1, "Aaa Starlight"),
        agency(2, "Zzz Star"),
        agency(3, "Bbb Lake", former_names=("Star Lake",)),
        agency(4, "Ccc Lake", place="Star"),
    ]

    assert ask(loaded, "star").agency_ids == (2, 3, 4, 1)


def test_a_whole_name_stands_before_names_that_contain_it(ask: Ask) -> None:
    loaded = [agency(pk, f"A Sky {pk} Overseas") for pk in range(1, 30)]
    loaded.append(agency(99, "Sky Overseas Pvt. Ltd.", status="banned", tier=2))

    assert ask(loaded, "sky overseas").agency_ids[0] == 99


def test_matches_alike_stand_in_the_standard_rank(ask: Ask) -> None:
    loaded = [
        agency(1, "Star B"),
        agency(2, "Star A"),
        agency(3, "Star C", stars_shown=True, low=2.0, reviews=9),
        agency(4, "Star D", stars_shown=True, low=3.0, reviews=7),
        agency(5, "Star E", tier=2, status="banned", stars_shown=True, low=5.0),
        agency(6, "Star F", tier=1, status="expired"),
    ]

    assert ask(loaded, "star").agency_ids == (4, 3, 2, 1, 6, 5)
    assert ask(loaded, "star", sort="reviews").agency_ids[:2] == (3, 4)


def test_agency_words_and_legal_forms_alone_narrow_nothing(ask: Ask) -> None:
    loaded = [agency(1), agency(2, "Quiet Manpower")]

    assert ask(loaded, "manpower agency pvt ltd").total == 2
    assert ask(loaded, "manpower").agency_ids[0] == 2


def test_what_no_name_resembles_finds_nothing_and_suggests_what_is_near(ask: Ask) -> None:
    loaded = [agency(1, "Himalayan Bridge"), agency(2, "Quiet Valley")]

    assert ask(loaded, "zzqxw").total == 0
    assert ask(loaded, "zzqxw").suggestions == ()
    answer = ask(loaded, "himalayan zzqxw")
    assert answer.total == 0
    assert answer.suggestions == ("Himalayan Bridge",)


def test_a_corrected_word_is_offered_as_the_index_spells_it(ask: Ask) -> None:
    answer = ask([agency(1, "Himalayan Bridge")], "himalyan bridge")

    assert answer.total == 1
    assert answer.suggestions == ("himalayan bridge",)


def test_most_of_the_words_are_enough_where_no_name_has_all(ask: Ask) -> None:
    loaded = [agency(1, "Golden Himalayan Bridge"), agency(2, "Golden Lake")]

    assert ask(loaded, "golden himalayan kantipur").agency_ids == (1,)


def test_a_page_after_the_last_is_empty_and_tells_the_total(ask: Ask) -> None:
    answer = ask([agency(1)], page=10**9)

    assert answer.agency_ids == ()
    assert answer.total == 1
