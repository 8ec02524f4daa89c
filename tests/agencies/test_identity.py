"""When two printed names mean the same agency."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies.identity import is_cut_form, name_key, split_former


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Golden Himal Overseas Pvt. Ltd.", "GOLDEN HIMAL OVERSEAS (P) LTD"),
        ("Twin Peaks Manpower Inc.", "Twin Peaks Manpower Inc"),
        ("PT. Bumi Cerah", "Bumi Cerah PT"),
        ("M/S Padma Star Intl.", "Padma Star International"),
        ("Star Int`l Manpwr Svcs", "Star International Manpower Services"),
        ("Lotus १२ Services", "Lotus 12 Services"),
        ("Ocean Crew Mgt Inc (FORMERLY Old Crew Inc", "Ocean Crew Management Inc"),
        ("Desert Rose W.L.L", "Desert Rose"),
    ],
)
def test_two_ways_to_print_a_name_share_a_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Golden Himal Overseas", "Golden Himal Services"),
        ("Lotus 12 Services", "Lotus 13 Services"),
        ("Padma Star Co", "Padma Star Inc"),
    ],
)
def test_two_different_names_keep_different_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_a_name_of_legal_forms_alone_keeps_them() -> None:
    assert name_key("PT Ltd") == "pt ltd"


@pytest.mark.parametrize(
    ("printed", "current", "former", "is_cut"),
    [
        ("Bay Crew Inc (FORMERLY Old Bay Inc)", "Bay Crew Inc", ("Old Bay Inc",), False),
        ("Bay Crew Inc (FOR. Old Bay", "Bay Crew Inc", ("Old Bay",), True),
        ("Bay Crew (FOR:Old Bay (P) Ltd)", "Bay Crew", ("Old Bay (P) Ltd",), False),
        ("Bay Crew FORMERLY Old Bay", "Bay Crew", ("Old Bay",), False),
        ("Bay Crew(Formerly: Old Bay Shipma", "Bay Crew", ("Old Bay Shipma",), True),
        ("Crew for Gulf Ports", "Crew for Gulf Ports", (), False),
        ("First Overseas Agency (FORAI) Inc", "First Overseas Agency (FORAI) Inc", (), False),
    ],
)
def test_a_former_name_is_taken_out_of_a_printed_one(
    printed: str, current: str, former: tuple[str, ...], is_cut: bool
) -> None:
    assert split_former(printed) == (current, former, is_cut)


def test_a_cut_name_counts_only_when_enough_of_it_is_left() -> None:
    assert is_cut_form("golden himal over", "golden himal overseas")
    assert not is_cut_form("golden", "golden himal overseas")
    assert not is_cut_form("golden himal ocean", "golden himal overseas")


@given(st.text(max_size=80))
def test_any_text_has_a_key_that_is_the_same_every_time(text: str) -> None:
    assert name_key(text) == name_key(text)
    assert len(name_key(text)) <= 300
