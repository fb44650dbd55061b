"""The numbers of rows, as addresses and cookies name them."""

from werkzeug.routing import IntegerConverter, Map

LARGEST_ID = 2**31 - 1  # PostgreSQL's INTEGER; SQLite ends later


class Id(IntegerConverter):
    """What `<int:...>` takes: no larger number names a row, and a database would refuse to look for it."""

    regex = "[0-9]{1,10}"  # for any other method, too, what is longer stands at no address

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LARGEST_ID)
