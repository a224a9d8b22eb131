"""`make bench` runs everything; ARGS="kills --kills 100" runs one."""

import argparse
import json
import sys

from benchmarks import kills, lists, submission


def main() -> int:
    """Run what was asked for and print it as JSON; 1 when a promise was broken."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["all", "kills", "lists", "submission"], default="all")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=100_000)
    asked = parser.parse_args()
    is_well = True
    if asked.what in {"all", "submission"}:
        print(json.dumps({"submission": submission.run(rounds=asked.rounds)}, indent=2))
    if asked.what in {"all", "lists"}:
        print(json.dumps({"lists": lists.run(many=asked.rows)}, indent=2, ensure_ascii=False))
    if asked.what in {"all", "kills"}:
        result = kills.run(kills=asked.kills)
        is_well = is_well and result.is_exact
        print(json.dumps({"kills": kills.report(result)}, indent=2))
    return 0 if is_well else 1


sys.exit(main())
