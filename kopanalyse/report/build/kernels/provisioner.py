"""How jupyter_client gets a warm kernel: an ordinary local kernel in everything but its start."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import sys
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from kopanalyse.report.build.kernels import ADRES


class WarmProvisioner(LocalProvisioner):
    """Asks for a forked kernel where one is offered for this interpreter, and otherwise starts an ordinary one."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Launch the kernel of the command ``cmd``."""
        adres = os.environ.get(ADRES)
        if not adres or cmd[:3] != [sys.executable, "-m", "ipykernel_launcher"]:
            return await super().launch_kernel(cmd, **kwargs)
        try:
            self.process = Kernel(adres, cmd[3:], kwargs["env"], kwargs.get("cwd") or os.getcwd())
        except OSError:  # the process to fork from did not get that far, or is gone
            return await super().launch_kernel(cmd, **kwargs)
        self.pid = self.pgid = self.process.pid
        self.cwd = kwargs.get("cwd", os.getcwd())
        return self.connection_info


class Kernel:
    """A forked kernel, to whoever expects a ``subprocess.Popen``; it lives as long as its socket is open."""

    stdin = stdout = stderr = None

    def __init__(self, adres: str, argv: list[str], env: dict[str, str], cwd: str) -> None:
        self._verbinding = socket.socket(socket.AF_UNIX)
        self._verbinding.connect(adres)
        self._verbinding.sendall(json.dumps({"argv": argv, "env": env, "cwd": str(cwd)}).encode() + b"\n")
        antwoord = self._verbinding.makefile("rb").readline()
        if not antwoord:
            self._verbinding.close()
            raise ConnectionError("no kernel came back")
        self.pid = int(antwoord)

    def poll(self) -> int | None:
        """None while the kernel runs; afterwards 0, whatever it ended with: only its parent gets to know."""
        if self._verbinding.fileno() >= 0 and select.select([self._verbinding], [], [], 0)[0]:
            self._verbinding.close()  # there is nothing to read but its end
        return 0 if self._verbinding.fileno() < 0 else None

    def wait(self) -> int:
        """Wait for the kernel to end."""
        while self.poll() is None:
            select.select([self._verbinding], [], [])
        return 0

    def send_signal(self, signum: int) -> None:
        """Send a signal to a kernel that runs."""
        if self.poll() is None:
            os.kill(self.pid, signum)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the kernel."""
        self.send_signal(signal.SIGKILL)
