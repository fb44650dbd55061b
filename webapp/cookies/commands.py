"""`flask cookies`: the table of all declarations."""

import click
from flask.cli import with_appcontext

from .current import parts


@click.command("cookies")
@with_appcontext
def cookies_command() -> None:
    """List every cookie that the site sets."""
    registry, secure = parts().registry, parts().secure
    rows = [("name", "category", "lifetime", "attributes", "owner", "purpose")]
    for cookie in sorted(registry, key=lambda cookie: cookie.name):
        prefix = cookie.prefix(secure)
        attributes = cookie.attributes(secure)
        attributes += ["signed"] * cookie.signed + ["secret"] * cookie.secret + ["private"] * cookie.private
        rows.append(
            (
                prefix + cookie.name + (f"<{getattr(cookie, 'key', '.*')}>" if cookie.many else ""),
                cookie.category.value,
                "session" if cookie.max_age is None else str(cookie.max_age).removesuffix(", 0:00:00"),
                " ".join(attributes),
                registry.owner(cookie),
                cookie.purpose,
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, [*widths, 0], strict=True)).rstrip())
