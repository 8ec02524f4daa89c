"""Addresses of the review form and of the code page; none names an agency (N-19)."""

from django.urls import path

from reviews import code_views, views

app_name = "reviews"

urlpatterns = [
    path("review/", views.start, name="start"),
    path("review/steps/", views.steps, name="steps"),
    path("review/receipt/", views.receipt, name="receipt"),
    path("review/receipt/file/", views.receipt_file, name="receipt_file"),
    path("review/receipt/kept/", views.receipt_kept, name="receipt_kept"),
    path("code/", code_views.code, name="code"),
    path("code/out/", code_views.sign_out, name="sign_out"),
    path("code/withdraw/", code_views.withdraw, name="withdraw"),
    path("code/delete/", code_views.erase, name="erase"),
]
