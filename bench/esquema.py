"""Calls made up from the OpenAPI document, of every role at every address, to the real application. Goal: 0 failures.

What is judged: no 5xx, and the status, type, headers and body of each answer as the document has them.
"""

import argparse
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
TESTS = "tests/api/test_schemathesis.py"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--exemplos", type=int, default=320, help="por papel e endereço")
    parser.add_argument("--processos", type=int, default=2)
    parser.add_argument("--semente", type=int, default=random.randrange(2**32))  # noqa: S311 - of made-up calls
    chosen = parser.parse_args()
    with TemporaryDirectory() as folder:
        report = Path(folder) / "relatorio.xml"
        started = time.monotonic()
        done = subprocess.run(
            [
                sys.executable, "-m", "pytest", TESTS, "-q", "-p", "no:randomly", "-n", str(chosen.processos),
                f"--hypothesis-seed={chosen.semente}", f"--junitxml={report}",
            ],
            cwd=ROOT, env=os.environ | {"ESQUEMA_EXEMPLOS": str(chosen.exemplos)}, check=False,
        )  # fmt: skip
        tests = list(ElementTree.parse(report).iter("testcase"))  # noqa: S314 - pytest wrote it just now
    failed = [test.get("name") for test in tests if test.find("failure") is not None or test.find("error") is not None]
    calls = sum(int(found.get("value", 0)) for test in tests for found in test.iter("property"))
    print(f"semente {chosen.semente}; {time.monotonic() - started:.0f} s com {chosen.processos} processos")
    print(f"{calls} chamadas, {len(tests)} pares de papel e endereço, {len(failed)} com falha")
    for name in failed:
        print(f"  {name}")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
