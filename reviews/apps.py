"""The reviews app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    """Registers the app, and its card on the start page of the desk."""

    name = "reviews"

    def ready(self) -> None:
        """Add the card here, because the desk knows no part of the site."""
        from recruitadvisor.desk.cards import Card, add_card
        from reviews.desk import figures_of_queue

        add_card(
            Card(
                title=_("Reviews"),
                url_name="review_desk:queue",
                action="review.decide",
                figures=figures_of_queue,
                position=10,
            )
        )
