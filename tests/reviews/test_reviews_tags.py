"""What stands of a review on its agency's page."""

import pytest
from django.template import Context, Template

from reviews.models import Answer
from tests.reviews.factories import AgencyFactory, ReviewFactory, ReviewVersionFactory

pytestmark = pytest.mark.django_db


def shown(agency) -> str:
    template = Template("{% load reviews_tags %}{% agency_reviews agency %}")
    return template.render(Context({"agency": agency, "language": "en"}))


def published(agency, month: int = 24321, **fields):
    review = ReviewFactory.create(
        agency=agency, first_published_month=month, told_by=fields.pop("told_by", "self")
    )
    version = ReviewVersionFactory.create(
        review=review, state="published", published_month=month, **fields
    )
    Answer.objects.create(version=version, code="Q501", value="no")
    Answer.objects.create(version=version, code="R2", value="sa")
    return version


def test_under_five_reviews_words_stand_alone() -> None:
    agency = AgencyFactory.create(reviews_count=4)
    published(agency, told_by="family")

    page = shown(agency)

    assert "They met me at the airport." in page
    assert "Told by family." in page
    assert "not checked" in page
    assert "Job as promised" not in page
    assert "4 of 5" not in page


def test_from_five_on_stars_and_answers_join_but_no_country() -> None:
    agency = AgencyFactory.create(reviews_count=5)
    published(agency)

    page = shown(agency)

    assert "4 of 5" in page
    assert "Job as promised" in page
    assert "Saudi" not in page
    assert "sa</dd>" not in page


def test_the_newest_batch_comes_first_without_a_date() -> None:
    agency = AgencyFactory.create()
    published(agency, month=24300, text="Older words.")
    published(agency, month=24321, text="Newer words.")

    page = shown(agency)

    assert page.index("Newer words.") < page.index("Older words.")
    assert "202" not in page


@pytest.mark.parametrize("state", ["queued", "approved", "suspended", "rejected", "withdrawn"])
def test_nothing_unpublished_stands_there(state: str) -> None:
    agency = AgencyFactory.create()
    ReviewVersionFactory.create(review__agency=agency, state=state, text="Canary words.")

    assert "Canary" not in shown(agency)
    assert "no words to read" in shown(agency)


def test_a_redaction_is_a_mark_and_a_withheld_text_is_absent() -> None:
    agency = AgencyFactory.create()
    published(agency, text="Ram took it.", redactions=[[0, 3, "name"]])
    published(agency, text="Withheld words.", text_withheld=True)

    page = shown(agency)

    assert "[removed: name]" in page
    assert "Ram" not in page
    assert "Withheld" not in page


def test_words_are_never_markup_and_carry_language_and_direction() -> None:
    agency = AgencyFactory.create()
    version = published(agency, text="<script>x</script>")
    version.review.language = "ar"
    version.review.save()

    page = shown(agency)

    assert "<script>" not in page
    assert 'lang="ar" dir="rtl"' in page


def test_rates_appear_from_five_answers_on_and_not_for_fewer() -> None:
    agency = AgencyFactory.create(reviews_count=5)
    for place in range(5):
        version = published(agency)
        Answer.objects.create(version=version, code="Q201", value="yes" if place else "no")
        Answer.objects.create(version=version, code="Q301", value="yes" if place else "dont_know")

    page = shown(agency)

    assert "4 of 5" in page.split("<article")[0]
    assert page.split("<article")[0].count('class="people"') == 1


def test_the_number_of_queries_does_not_grow_with_reviews(django_assert_max_num_queries) -> None:
    agency = AgencyFactory.create(reviews_count=20)
    for _review in range(20):
        published(agency)

    with django_assert_max_num_queries(3):
        shown(agency)
