"""The core app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Registers the app under its short label."""

    name = "recruitadvisor.core"
    label = "core"
