"""The reviews app."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Registers the app."""

    name = "reviews"
