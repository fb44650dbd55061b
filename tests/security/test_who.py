"""Who is asking, without the way through Flask-Login's proxy."""

from flask_login import UserMixin, current_user, login_user

from webapp.security import this_user


def test_the_user_is_whom_flask_login_knows_by_now(app):
    """`this_user` is whom `current_user` stands for, before and after a log-in within one request."""
    with app.test_request_context():
        assert this_user() is current_user._get_current_object()
        somebody = UserMixin()
        somebody.id = "1"
        login_user(somebody)
        assert this_user() is somebody
