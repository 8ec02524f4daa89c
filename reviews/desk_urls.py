"""Addresses of the moderators' pages, below the desk."""

from django.urls import path

from reviews import desk

app_name = "review_desk"

urlpatterns = [
    path("", desk.queue, name="queue"),
    path("<int:pk>/", desk.item, name="item"),
    path("<int:pk>/decide/", desk.decide, name="decide"),
    path("<int:pk>/release/", desk.release, name="release"),
]
