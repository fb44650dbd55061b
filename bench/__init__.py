"""What Crumb costs, in one table: `python -m bench` takes every figure, `python -m bench instructions start` some.

Nearly all of them are ratios from one run on one machine, so they mean the same elsewhere. Public tools are used where
they are installed: valgrind, wrk, and Lighthouse from npm; what is missing is named as left out.
"""
