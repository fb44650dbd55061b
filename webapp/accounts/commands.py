"""`flask users`: looking after accounts from the command line."""

import click
from sqlalchemy import and_, func, select, update

from webapp import clock
from webapp.database import reading, writing
from webapp.database.commands import Commands

from . import devices, lifetimes, passwords, users
from .tables import DEVICES, USERS

users_commands = Commands("users", help="Look after accounts.")
_password = click.option(
    "--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked when left out."
)


@users_commands.command("add")
@click.argument("name")
@click.option("--admin", is_flag=True, help="May look after the site.")
@_password
def add(name: str, admin: bool, password: str) -> None:
    """Make an account."""
    if problem := users.name_problem(name) or passwords.weakness(password, users.clean_name(name)):
        raise click.ClickException(problem)
    if not users.register(name, password, admin=admin):
        raise click.ClickException(f"There is an account named {name} already.")
    click.echo(f"Added {users.clean_name(name)}.")


@users_commands.command("list")
def list_users() -> None:
    """List the accounts and how many devices each is logged in on."""
    recently = clock.now() - lifetimes.LONGEST
    rows = reading().execute(
        select(USERS.c.name, USERS.c.admin, USERS.c.demo, USERS.c.drawn, USERS.c.created_at, func.count(DEVICES.c.id))
        .outerjoin(
            DEVICES,
            and_(DEVICES.c.user_id == USERS.c.id, DEVICES.c.ended_at.is_(None), DEVICES.c.last_seen_at > recently),
        )
        .group_by(USERS.c.id)
        .order_by(USERS.c.key)
    )
    for name, admin, demo, drawn, created_at, number in rows:
        kinds = [kind for kind, is_one in (("admin", admin), ("demo", demo), ("for a day", drawn)) if is_one]
        click.echo("  ".join([name.ljust(30), f"{created_at:%Y-%m-%d}", f"{number} devices", *kinds]))


@users_commands.command("admin")
@click.argument("name")
@click.option("--off", is_flag=True, help="Take it back.")
def set_admin(name: str, off: bool) -> None:
    """Let an account look after the site."""
    user_id = _id_of(name)
    with writing() as db:
        changed = db.execute(update(USERS).where(USERS.c.id == user_id, ~USERS.c.demo).values(admin=not off)).rowcount
    if not changed:
        raise click.ClickException(f"{name} is a demo account: it belongs to everybody.")
    click.echo(f"{name} {'no longer looks' if off else 'looks'} after the site.")


@users_commands.command("password")
@click.argument("name")
@_password
def set_password(name: str, password: str) -> None:
    """Give an account another password and end its devices."""
    user_id = _id_of(name)
    if problem := passwords.weakness(password, users.clean_name(name)):
        raise click.ClickException(problem)
    password_hash = passwords.hash_password(password)  # not while others wait to write
    with writing() as db:
        db.execute(update(USERS).where(USERS.c.id == user_id).values(password_hash=password_hash))
        db.execute(devices.ending(user_id, "password"))
    click.echo(f"{name} has a new password and is logged out everywhere.")


@users_commands.command("end-devices")
@click.argument("name")
def end_devices(name: str) -> None:
    """Log an account out everywhere; the next log-in says why."""
    user_id = _id_of(name)
    with writing() as db:
        number = db.execute(devices.ending(user_id, "admin")).rowcount
        db.execute(update(USERS).where(USERS.c.id == user_id).values(notice="admin"))
    click.echo(f"Ended {number} devices of {name}.")


def _id_of(name: str) -> int:
    user_id = reading().scalar(select(USERS.c.id).where(USERS.c.key == users.key_of(name)))
    if user_id is None:
        raise click.ClickException(f"There is no account named {name}.")
    return user_id
