"""What a person sees at an address without a page; programs get a problem instead."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; font-src 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
PAGE = """<!doctype html>
<html lang="vi">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Không có trang này</title>
    <link rel="stylesheet" href="/assets/theme.css" />
    <link rel="stylesheet" href="/assets/index.css" />
  </head>
  <body>
    <main class="narrow">
      <h1>Không có trang này</h1>
      <p>Hãy xem lại địa chỉ, hoặc <a href="/">về trang đầu</a>.</p>
      <p lang="en">There is no such page. Check the address, or <a href="/">begin anew</a>.</p>
    </main>
  </body>
</html>
"""


def wants_a_page(request: Request) -> bool:
    """Whether a browser asks for a page to read, not a program for data."""
    accepts = request.headers.get("accept", "")
    return "text/html" in accepts and not request.url.path.startswith("/api/")


def no_such_page() -> HTMLResponse:
    """Two sentences and the way to the first page."""
    return HTMLResponse(PAGE, status_code=404, headers=HEADERS)
