"""First contentful paint of every view: python -m tests.browser.first_paint http://127.0.0.1:8000"""

from __future__ import annotations

import shutil
import sys
from statistics import median

from playwright.sync_api import sync_playwright

from tests.browser.views import SENT, VIEWS

_LOADS = 5
_PAINT = """new Promise(done => new PerformanceObserver(list => {
  for (const one of list.getEntriesByName("first-contentful-paint")) done(one.startTime);
}).observe({type: "paint", buffered: true}))"""


def main(address: str) -> None:
    """Print the median and the slowest of some loads of each view, each in a browser context of its own."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for view, path in VIEWS.items():
            if view in SENT:
                continue
            times = []
            for _ in range(_LOADS):
                page = browser.new_context(base_url=address).new_page()
                page.goto(path)
                times.append(page.evaluate(_PAINT))
                page.context.close()
            sys.stdout.write(f"{view:12} {median(times):6.0f} ms  {max(times):6.0f} ms\n")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
