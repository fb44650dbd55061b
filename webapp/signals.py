"""What one feature tells all others, so that none has to know them."""

from blinker import Namespace

_signals = Namespace()

# Sent with `db` and `user_id`, inside the transaction that deletes the account.
account_closing = _signals.signal("account-closing")

# Sent every minute by each process, outside of any request: what is to be gone after a time goes now.
sweeping = _signals.signal("sweeping")

# Sent when somebody at a shared browser asks that nothing of their visit stays.
traces_clearing = _signals.signal("traces-clearing")

# Sent when a visitor has chosen what the site may keep, and the choice counts.
choice_made = _signals.signal("choice-made")

# Sent with `lesson` and `step` when somebody begins a step of a lesson, and with step 0 when they end it.
step_begun = _signals.signal("step-begun")

# Sent when an instructor makes this browser as it was before its first visit; its cookies are deleted by the sender.
browser_resetting = _signals.signal("browser-resetting")
