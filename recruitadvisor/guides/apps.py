"""The guides app."""

from django.apps import AppConfig


class GuidesConfig(AppConfig):
    """Registers the app under its short label."""

    name = "recruitadvisor.guides"
    label = "guides"
