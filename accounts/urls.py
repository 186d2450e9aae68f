from django.conf import settings
from django.urls import include, path

from accounts.views.demo import enter_demo
from accounts.views.privacy import download, erase_account, erased, privacy
from accounts.views.profile import profile
from accounts.views.providers import from_github, from_provider, to_github, to_provider
from accounts.views.second_factor import guest, second_factor
from accounts.views.sign_in import ConfirmCodeView, PasswordSignInView, SignInView, to_sign_in

own = [
    path("", profile, name="profile"),
    path("second-factor/", second_factor, name="second_factor"),
    path("guest/", guest, name="guest"),
    path("privacy/", privacy, name="privacy"),
    path("privacy/download/", download, name="privacy_download"),
    path("privacy/erase/", erase_account, name="privacy_erase"),
    path("privacy/erased/", erased, name="erased"),
]
if settings.DEMO:
    own += [path("demo/", enter_demo, name="demo")]

urlpatterns = [
    path("", include((own, "accounts"))),
    # These stand before allauth's of the same names and take their place.
    path("login/", SignInView.as_view(), name="account_login"),
    path("login/password/", PasswordSignInView.as_view(), name="account_login_password"),
    path("login/code/", to_sign_in, name="account_request_login_code"),
    path("login/code/confirm/", ConfirmCodeView.as_view(), name="account_confirm_login_code"),
    path("signup/", to_sign_in, name="account_signup"),
    path("oidc/<str:provider_id>/login/", to_provider, name="openid_connect_login"),
    path("oidc/<str:provider_id>/login/callback/", from_provider, name="openid_connect_callback"),
    path("github/login/", to_github, name="github_login"),
    path("github/login/callback/", from_github, name="github_callback"),
    path("", include("allauth.urls")),
]
