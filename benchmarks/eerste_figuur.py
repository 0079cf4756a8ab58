"""From a new kernel to the first figure of a notebook; what is imported here is not in the time (see ``meten``)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from jupyter_client import KernelManager


def first_sight(notebook: str) -> Iterator[None]:
    """Start a kernel, send it all cells of a notebook at once, and wait for the first thing that is drawn.

    A generator, so that ending the kernel stays out of the time.
    """
    cellen = json.loads(Path(notebook).read_text(encoding="utf-8"))["cells"]
    kernel = KernelManager(kernel_name="python3")
    kernel.start_kernel(cwd=str(Path(notebook).parent))
    client = kernel.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=120)
        for cel in cellen:
            if cel["cell_type"] == "code":
                client.execute("".join(cel["source"]))
        while True:
            bericht = client.get_iopub_msg(timeout=120)
            if bericht["msg_type"] == "error":
                raise RuntimeError(f"{notebook}: {bericht['content']['evalue']}")
            html = bericht["content"].get("data", {}).get("text/html", "")
            if "<figure" in html or 'class="kerncijfers' in html:
                yield
                return
    finally:
        client.stop_channels()
        kernel.shutdown_kernel(now=True)
