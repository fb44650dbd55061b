"""What a site may know of the people with accounts: the accounts themselves are another feature's."""

from sqlalchemy import Boolean, Integer, String, column, table

USERS = table("users", column("id", Integer), column("name", String), column("key", String), column("demo", Boolean))
